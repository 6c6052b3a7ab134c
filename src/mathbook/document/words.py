"""The words that mathbook adds to a book, in the book's language: one table for all formats.

A word is looked up by its English. `{0}` stands for what is put in. Where a language isn't in the table, the word stays
English; a new language is a new column. They are written so that they need no case and no gender of what they stand by.
"""

from __future__ import annotations

LANGUAGES = ("de", "fr", "es", "it", "pt", "nl", "pl")
"""The columns of the table, behind English."""

_TABLE = """
# numbered things
Equation | Gleichung | Équation | Ecuación | Equazione | Equação | Vergelijking | Równanie
Figure | Abbildung | Figure | Figura | Figura | Figura | Figuur | Rysunek
Table | Tabelle | Tableau | Tabla | Tabella | Tabela | Tabel | Tabela
Listing | Listing | Listing | Listado | Listato | Listagem | Listing | Listing
Example | Beispiel | Exemple | Ejemplo | Esempio | Exemplo | Voorbeeld | Przykład
Section | Abschnitt | Section | Sección | Sezione | Secção | Paragraaf | Podrozdział
Exercise | Aufgabe | Exercice | Ejercicio | Esercizio | Exercício | Opgave | Zadanie

# boxes
Definition | Definition | Définition | Definición | Definizione | Definição | Definitie | Definicja
Theorem | Satz | Théorème | Teorema | Teorema | Teorema | Stelling | Twierdzenie
Lemma | Lemma | Lemme | Lema | Lemma | Lema | Lemma | Lemat
Corollary | Korollar | Corollaire | Corolario | Corollario | Corolário | Gevolg | Wniosek
Proposition | Proposition | Proposition | Proposición | Proposizione | Proposição | Propositie | Stwierdzenie
Proof | Beweis | Démonstration | Demostración | Dimostrazione | Demonstração | Bewijs | Dowód
Remark | Bemerkung | Remarque | Observación | Osservazione | Observação | Opmerking | Uwaga
Worked example | Durchgerechnetes Beispiel | Exemple résolu | Ejemplo resuelto | Esempio svolto | Exemplo resolvido \
| Uitgewerkt voorbeeld | Przykład rozwiązany
Algorithm | Algorithmus | Algorithme | Algoritmo | Algoritmo | Algoritmo | Algoritme | Algorytm
Takeaway | Merke | À retenir | Para recordar | Da ricordare | A reter | Om te onthouden | Do zapamiętania
Note | Hinweis | Note | Nota | Nota | Nota | Noot | Uwaga
Tip | Tipp | Astuce | Consejo | Consiglio | Dica | Tip | Wskazówka
Warning | Warnung | Avertissement | Advertencia | Avvertenza | Aviso | Waarschuwing | Ostrzeżenie
Important | Wichtig | Important | Importante | Importante | Importante | Belangrijk | Ważne
Caution | Vorsicht | Attention | Precaución | Attenzione | Cuidado | Voorzichtig | Ostrożnie

# exercises, sources, notes
Hint | Tipp | Indication | Pista | Suggerimento | Sugestão | Hint | Wskazówka
Solution | Lösung | Solution | Solución | Soluzione | Solução | Oplossing | Rozwiązanie
Solutions | Lösungen | Solutions | Soluciones | Soluzioni | Soluções | Oplossingen | Rozwiązania
Description of {0} | Beschreibung: {0} | Description : {0} | Descripción: {0} | Descrizione: {0} \
| Descrição: {0} | Beschrijving: {0} | Opis: {0}
Solution of {0} | Lösung: {0} | Solution : {0} | Solución: {0} | Soluzione: {0} | Solução: {0} | Oplossing: {0} \
| Rozwiązanie: {0}
Source | Quelle | Source | Fuente | Fonte | Fonte | Bron | Źródło
Source: {0} | Quelle: {0} | Source : {0} | Fuente: {0} | Fonte: {0} | Fonte: {0} | Bron: {0} | Źródło: {0}
from {0} | ab {0} | à partir de {0} | desde {0} | da {0} | a partir de {0} | vanaf {0} | od {0}
QR code of {0} | QR-Code von {0} | Code QR de {0} | Código QR de {0} | Codice QR di {0} | Código QR de {0} \
| QR-code van {0} | Kod QR: {0}
Speaker notes | Vortragsnotizen | Notes de l’orateur | Notas del orador | Note per il relatore | Notas do orador \
| Sprekersnotities | Notatki prelegenta
Back to the text | Zurück zum Text | Retour au texte | Volver al texto | Torna al testo | Voltar ao texto \
| Terug naar de tekst | Powrót do tekstu

# facts of an example
Topics | Themen | Thèmes | Temas | Argomenti | Temas | Onderwerpen | Tematy
You should know | Vorkenntnisse | Prérequis | Conocimientos previos | Prerequisiti | Pré-requisitos | Voorkennis \
| Wymagana wiedza
Talk time | Vortragsdauer | Durée | Duración | Durata | Duração | Spreektijd | Czas wystąpienia
{0} minutes | {0} Minuten | {0} minutes | {0} minutos | {0} minuti | {0} minutos | {0} minuten | {0} min

# slides
Slides | Folien | Diapositives | Diapositivas | Diapositive | Diapositivos | Dia’s | Slajdy
Picture | Bild | Image | Imagen | Immagine | Imagem | Afbeelding | Ilustracja
Proof of {0} | Beweis: {0} | Démonstration : {0} | Demostración: {0} | Dimostrazione: {0} | Demonstração: {0} \
| Bewijs: {0} | Dowód: {0}
{0}, in short | {0}, in Kürze | {0}, en bref | {0}, en breve | {0}, in breve | {0}, em resumo | {0}, in het kort \
| {0}, w skrócie
handout p. {0} | Handzettel S. {0} | polycopié p. {0} | apuntes p. {0} | dispensa p. {0} | apontamentos p. {0} \
| hand-out p. {0} | materiały s. {0}
handout pp. {0}–{1} | Handzettel S. {0}–{1} | polycopié p. {0}–{1} | apuntes pp. {0}–{1} | dispensa pp. {0}–{1} \
| apontamentos pp. {0}–{1} | hand-out pp. {0}–{1} | materiały s. {0}–{1}
Questions? | Fragen? | Des questions ? | ¿Preguntas? | Domande? | Perguntas? | Vragen? | Pytania?
Discussion | Diskussion | Discussion | Debate | Discussione | Debate | Discussie | Dyskusja

# matter and lists
Contents | Inhalt | Table des matières | Contenido | Indice | Índice | Inhoud | Spis treści
Examples | Beispiele | Exemples | Ejemplos | Esempi | Exemplos | Voorbeelden | Przykłady
Figures | Abbildungen | Figures | Figuras | Figure | Figuras | Figuren | Rysunki
Tables | Tabellen | Tableaux | Tablas | Tabelle | Tabelas | Tabellen | Tabele
Bibliography | Literatur | Bibliographie | Bibliografía | Bibliografia | Bibliografia | Literatuur | Bibliografia
Index | Register | Index | Índice alfabético | Indice analitico | Índice remissivo | Register | Indeks
What’s new | Was ist neu | Nouveautés | Novedades | Novità | Novidades | Wat is er nieuw | Co nowego
What has changed since Edition {0}, {1}: | Was sich seit der Ausgabe {0}, {1}, geändert hat: \
| Ce qui a changé depuis l’édition {0}, {1} : | Lo que ha cambiado desde la edición {0}, {1}: \
| Che cosa è cambiato dall’edizione {0}, {1}: | O que mudou desde a edição {0}, {1}: \
| Wat er sinds editie {0}, {1}, veranderd is: | Co się zmieniło od wydania {0}, {1}:
New | Neu | Nouveau | Nuevo | Nuovo | Novo | Nieuw | Nowe
Revised | Überarbeitet | Révisé | Revisado | Rivisto | Revisto | Herzien | Zmienione
Withdrawn | Zurückgezogen | Retiré | Retirado | Ritirato | Retirado | Ingetrokken | Wycofane

# the edition
of {0} | in {0} | dans {0} | en {0} | in {0} | em {0} | in {0} | w {0}
of the book | im Buch | dans le livre | en el libro | nel libro | no livro | in het boek | w książce
Edition {0}, {1} | Ausgabe {0}, {1} | Édition {0}, {1} | Edición {0}, {1} | Edizione {0}, {1} | Edição {0}, {1} \
| Editie {0}, {1} | Wydanie {0}, {1}
Instructor’s edition | Ausgabe für Lehrende | Édition de l’enseignant | Edición del docente | Edizione per docenti \
| Edição do docente | Docenteneditie | Wydanie dla prowadzących
Instructor’s edition: with solutions | Ausgabe für Lehrende: mit Lösungen | Édition de l’enseignant : avec solutions \
| Edición del docente: con soluciones | Edizione per docenti: con soluzioni | Edição do docente: com soluções \
| Docenteneditie: met oplossingen | Wydanie dla prowadzących: z rozwiązaniami
Instructor’s edition: with solutions and speaker notes | Ausgabe für Lehrende: mit Lösungen und Vortragsnotizen \
| Édition de l’enseignant : avec solutions et notes de l’orateur \
| Edición del docente: con soluciones y notas del orador \
| Edizione per docenti: con soluzioni e note per il relatore | Edição do docente: com soluções e notas do orador \
| Docenteneditie: met oplossingen en sprekersnotities | Wydanie dla prowadzących: z rozwiązaniami i notatkami prelegenta
Licence: {0} | Lizenz: {0} | Licence : {0} | Licencia: {0} | Licenza: {0} | Licença: {0} | Licentie: {0} | Licencja: {0}
The publisher | Der Verlag | L’éditeur | La editorial | L’editore | A editora | De uitgever | Wydawca

# the e-book's own pages, and the page that leads to all files
Cover | Umschlag | Couverture | Cubierta | Copertina | Capa | Omslag | Okładka
Cover: {0} | Umschlag: {0} | Couverture : {0} | Cubierta: {0} | Copertina: {0} | Capa: {0} | Omslag: {0} | Okładka: {0}
Title page | Titelseite | Page de titre | Portada | Frontespizio | Folha de rosto | Titelpagina | Strona tytułowa
Landmarks | Orientierungspunkte | Repères | Puntos de referencia | Punti di riferimento | Pontos de referência \
| Oriëntatiepunten | Punkty orientacyjne
Start of the book | Beginn des Buches | Début du livre | Inicio del libro | Inizio del libro | Início do livro \
| Begin van het boek | Początek książki
Pages of the print edition | Seiten der Druckausgabe | Pages de l’édition imprimée | Páginas de la edición impresa \
| Pagine dell’edizione a stampa | Páginas da edição impressa | Pagina’s van de gedrukte editie \
| Strony wydania drukowanego
Colophon | Kolophon | Colophon | Colofón | Colophon | Colofão | Colofon | Kolofon
Set in {0}; the fonts are embedded, and their licences lie in this file under {1}. \
| Gesetzt aus {0}; die Schriften sind eingebettet, ihre Lizenzen liegen in dieser Datei unter {1}. \
| Composé en {0} ; les polices sont incorporées et leurs licences se trouvent dans ce fichier sous {1}. \
| Compuesto en {0}; las fuentes están incrustadas y sus licencias se encuentran en este archivo en {1}. \
| Composto in {0}; i caratteri sono incorporati e le loro licenze si trovano in questo file in {1}. \
| Composto em {0}; as fontes estão incorporadas e as suas licenças encontram-se neste ficheiro em {1}. \
| Gezet in {0}; de lettertypen zijn ingesloten en hun licenties staan in dit bestand onder {1}. \
| Złożono krojami {0}; fonty są osadzone, a ich licencje znajdują się w tym pliku w {1}.
Identifier: {0} | Kennung: {0} | Identifiant : {0} | Identificador: {0} | Identificativo: {0} | Identificador: {0} \
| Identificatie: {0} | Identyfikator: {0}
The book | Das Buch | Le livre | El libro | Il libro | O livro | Het boek | Książka
Handouts | Handzettel | Polycopiés | Apuntes | Dispense | Apontamentos | Hand-outs | Materiały
Decks of single examples | Foliensätze einzelner Beispiele | Diaporamas par exemple | Diapositivas por ejemplo \
| Diapositive dei singoli esempi | Diapositivos por exemplo | Presentaties per voorbeeld | Prezentacje przykładów
"""


def _rows() -> dict[str, dict[str, str]]:
    lines = (line.strip() for line in _TABLE.splitlines())
    rows = (tuple(_cell(cell) for cell in line.split("|")) for line in lines if line and not line.startswith("#"))
    return {english: dict(zip(LANGUAGES, others, strict=True)) for english, *others in rows}


def _cell(text: str) -> str:
    """Return the cell; the space that French has before colons and semicolons doesn't break."""
    return text.strip().replace(" :", "\N{NO-BREAK SPACE}:").replace(" ;", "\N{NO-BREAK SPACE};")


TABLE = _rows()
"""Each word's translations, by its English."""


def say(english: str, language: str, *values: object) -> str:
    """Return the word in the tag's language (`pt-BR` is `pt`), with the values put in; English if it isn't known."""
    said = TABLE[english].get(language.split("-")[0].lower(), english)
    return said.format(*values) if values else said
