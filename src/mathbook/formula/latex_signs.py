"""Characters as LaTeX, for formulas that come back from a deck."""

from __future__ import annotations

import unicodedata

_SIGNS = r"""
− - · \cdot × \times ÷ \div ± \pm ∓ \mp ∘ \circ ∗ * ⋅ \cdot ⊕ \oplus ⊗ \otimes ⊙ \odot ∧ \wedge ∨ \vee ∪ \cup ∩ \cap
≤ \le ≥ \ge ≠ \ne ≈ \approx ≡ \equiv ∼ \sim ≃ \simeq ≅ \cong ∝ \propto ≪ \ll ≫ \gg ≺ \prec ≻ \succ ⪯ \preceq ⪰ \succeq
∈ \in ∉ \notin ∋ \ni ⊂ \subset ⊃ \supset ⊆ \subseteq ⊇ \supseteq ∅ \emptyset ∖ \setminus ∀ \forall ∃ \exists ¬ \neg
→ \to ← \leftarrow ↔ \leftrightarrow ↦ \mapsto ⇒ \Rightarrow ⇐ \Leftarrow ⇔ \Leftrightarrow ⟶ \longrightarrow
⟹ \Longrightarrow ⟺ \Longleftrightarrow ↑ \uparrow ↓ \downarrow ⟂ \perp ⊥ \perp ∥ \parallel ∣ \mid ⊤ \top
∞ \infty ∂ \partial ∇ \nabla ℓ \ell ℏ \hbar ′ ' ″ '' ‴ ''' … \ldots ⋯ \cdots ⋮ \vdots ⋱ \ddots ∠ \angle ° ^\circ
∑ \sum ∏ \prod ∐ \coprod ∫ \int ∬ \iint ∭ \iiint ∮ \oint ⋃ \bigcup ⋂ \bigcap ⨁ \bigoplus ⨂ \bigotimes ⋁ \bigvee
⋀ \bigwedge ⟨ \langle ⟩ \rangle ⌊ \lfloor ⌋ \rfloor ⌈ \lceil ⌉ \rceil ‖ \| ∥ \| { \{ } \} % \% & \& # \# $ \$ _ \_
ϵ \epsilon ε \varepsilon ϑ \vartheta ϕ \phi φ \varphi ϱ \varrho ϖ \varpi ς \varsigma ℵ \aleph ℜ \Re ℑ \Im
"""
_WORDS = _SIGNS.split()
SIGNS: dict[str, str] = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
"""Characters and the LaTeX for them; those that are not here stand for themselves."""

SPACES = {"\u2003": r"\quad ", "\u2002": r"\enspace ", "\u2004": r"\; ", "\u2005": r"\: ", "\u2009": r"\, "}
"""The spaces that `formula.omml` writes."""

ACCENTS = {
    "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar", "\u0306": "breve", "\u0307": "dot",
    "\u0308": "ddot", "\u030c": "check", "\u0301": "acute", "\u0300": "grave", "\u20d7": "vec", "\u030a": "mathring",
}  # fmt: skip
"""Combining marks and the commands that set them."""

_VARIANTS = {
    "DOUBLE-STRUCK": "mathbb",
    "SCRIPT": "mathcal",
    "FRAKTUR": "mathfrak",
    "BLACK-LETTER": "mathfrak",
    "SANS-SERIF": "mathsf",
    "MONOSPACE": "mathtt",
    "BOLD ITALIC": "boldsymbol",
    "BOLD": "mathbf",
}


def letter(char: str) -> str:
    """Return a character as LaTeX: a sign's command, a Greek letter's name, a variant's alphabet, or itself."""
    if char in SIGNS:
        return _spaced(SIGNS[char])
    name = unicodedata.name(char, "")
    plain = unicodedata.normalize("NFKC", char)
    if plain != char and len(plain) == 1:
        for word, command in _VARIANTS.items():
            if word in name:
                return f"\\{command}{{{letter(plain).strip()}}}"
        return letter(plain)
    return _greek(name) or char


def _greek(name: str) -> str:
    """Return the command of a Greek letter: capitals that look like Latin ones have none and stand for themselves."""
    words = name.split()
    if words[:1] != ["GREEK"] or words[2:3] != ["LETTER"] or len(words) != 4:
        return ""
    spelled = {"LAMDA": "LAMBDA"}.get(words[3], words[3]).lower()
    if words[1] == "SMALL":
        return "" if spelled == "omicron" else f"\\{spelled} "
    known = {"gamma", "delta", "theta", "lambda", "xi", "pi", "sigma", "upsilon", "phi", "psi", "omega"}
    return f"\\{spelled.capitalize()} " if spelled in known else ""


def _spaced(command: str) -> str:
    return f"{command} " if command[-1].isalpha() and command.startswith("\\") else command
