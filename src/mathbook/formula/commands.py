"""The commands that an author may have meant: each was tried on the parser and is known to it."""

from __future__ import annotations

_NAMES = """
abs acute aleph alpha amalg angle approx arccos arcsin arctan arg ast asymp backslash bar bcancel because begin
beta beth Big big bigcap bigcirc bigcup bigg Bigg biggl biggr bigl Bigl bigodot bigoplus bigotimes Bigr bigr
bigsqcup biguplus bigvee bigwedge binom blacksquare bm bmod boldsymbol bot bowtie Box boxed bra braket breve bullet
cancel cap cdot cdots ce cfrac check checkmark chi choose circ clubsuit colon coloneqq color complement cong coprod
cos cosh cot coth csc cup dagger dashv dbinom ddagger ddot ddots deg degree Delta delta det dfrac diamond
diamondsuit digamma dim displaystyle div dot doteq dots dotsb dotsc dotsm downarrow Downarrow ell emptyset end
enspace ensuremath epsilon eqqcolon equiv eta eth exists exp flat forall frac frown Gamma gamma gcd ge genfrac geq
geqslant gets gg grave gtrsim hat hbar heartsuit hom hookleftarrow hookrightarrow hphantom hspace iff iiint iint Im
imath impliedby implies in inf infty int iota jmath kappa ker ket lambda Lambda land langle lbrace lbrack lceil
ldots le leadsto left leftarrow Leftarrow leftharpoondown leftharpoonup leftrightarrow Leftrightarrow leq leqslant
lesssim lfloor lg lim liminf limits limsup ll ln lnot log longleftarrow Longleftarrow longleftrightarrow
Longleftrightarrow longmapsto longrightarrow Longrightarrow lor ltimes lvert lVert mapsto mathbb mathbf mathbin
mathcal mathclose mathfrak mathit mathop mathopen mathord mathrel mathring mathrm mathscr mathsf mathtt max
medspace mho mid middle min mod models mp mu nabla natural ne nearrow neg negthinspace neq newcommand nexists ni
nmid nolimits norm not notin nsubseteq nu num nwarrow odot oint omega Omega ominus operatorname oplus oslash otimes
over overbrace overleftarrow overline overrightarrow overset parallel partial perp phantom phi Phi pi Pi pm pmod Pr
prec preceq prescript prime prod propto psi Psi qquad quad raisebox rangle rbrace rbrack rceil Re rfloor rho right
rightarrow Rightarrow rightharpoondown rightharpoonup rightleftharpoons rightsquigarrow rtimes rvert rVert searrow
sec set setminus sharp SI si sideset sigma Sigma sim simeq sin sinh smash smile spadesuit sqcap sqcup sqrt
sqsubseteq sqsupseteq square stackrel star subset subseteq subsetneq substack succ succeq sum sup supset supseteq
supsetneq surd swarrow tag tan tanh tau tbinom text textbf textcolor textit textrm textsf textstyle texttt tfrac
therefore Theta theta thickspace thinspace tilde times to top triangle triangleleft triangleq triangleright
twoheadrightarrow underbrace underline underset Uparrow uparrow updownarrow uplus upsilon Upsilon varepsilon
varnothing varphi varpi varrho varsigma vartheta vdash vdots vec vee Vert vert vphantom wedge widehat widetilde wp
wr xcancel xi Xi xleftarrow xrightarrow zeta
"""

_ENVIRONMENTS = """
matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array aligned align align* gather gathered split
multline cases rcases alignedat equation eqnarray
"""

KNOWN_COMMANDS: tuple[str, ...] = (*("\\" + name for name in _NAMES.split()), *_ENVIRONMENTS.split())
"""Commands with their backslash, and names of environments."""
