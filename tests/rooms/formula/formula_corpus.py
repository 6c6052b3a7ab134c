"""Formulas of every kind that the parser knows: our own list, a line each."""

from __future__ import annotations

from pathlib import Path

from mathbook.formula.typeface import typeface

FONT = typeface(Path(__file__).parents[3] / "themes/fonts/stix-two-math/STIXTwoMath-Regular.ttf")

CORPUS: tuple[str, ...] = tuple(
    line
    for line in r"""
\frac12 + \dfrac{a}{b} - \tfrac{1}{2}
\cfrac{1}{1+\cfrac{1}{x}}
\binom nk = \dbinom{n}{k}
\sqrt x + \sqrt[3]{x+1}
x_1^2 + y^{2} + z_{ij}
{}_a^b X
\sum_{i=1}^n i^2 = \frac{n(n+1)(2n+1)}{6}
\int_0^1 x^2 \, dx
\iint_D f + \oint_C g
\lim_{x\to 0} \frac{\sin x}{x} = 1
\max_x f(x) \le \sup_{y \in Y} g(y)
\int\!\!\!\int f\,\mathrm{d}x\hspace{-0.5em}y
\operatorname*{arg\,max}_\theta \log p(x \mid \theta)
\operatorname{Var}(X) = \operatorname{E}[X^2] - \operatorname{E}[X]^2
\left(\frac12\right)^n
\left.\frac{df}{dx}\right|_{x=0}
\left\{a\middle|b\right\}
\big( x \big) + \Bigl[ y \Bigr] + \biggl\{ z \biggr\}
\begin{matrix}a&b\\c&d\end{matrix}
\begin{pmatrix}a&b\\c&d\end{pmatrix}
\begin{bmatrix}1&0&\cdots\\0&1&\ddots\end{bmatrix}
\begin{vmatrix}a&b\\c&d\end{vmatrix} = \begin{Vmatrix}a\end{Vmatrix}
\begin{Bmatrix}a&b\end{Bmatrix}
\begin{smallmatrix}a&b\end{smallmatrix}
\begin{array}{lr}a&b\\cc&dd\end{array}
\begin{aligned}a&=b\\c&=d+e\end{aligned}
\begin{align*}a&=b&c&=d\\e&=f&g&=h\end{align*}
\begin{gathered}a\\b+c\end{gathered}
\begin{split}a&=b\\&=c\end{split}
f(x)=\begin{cases}x & \text{if } x>0\\ 0 & \text{otherwise}\end{cases}
\begin{rcases}a&b\end{rcases}
\sum_{\substack{i<n\\j<m}} a_{ij}
\hat x + \widehat{xy} + \tilde x + \widetilde{xy}
\bar x + \overline{xy} + \underline{xy}
\vec x + \overrightarrow{AB}
\dot x + \ddot x + \check x + \breve x + \acute x + \grave x + \mathring x
\overbrace{a+b}^{n} + \underbrace{c+d}_{m}
\overset{!}{=} \underset{x}{y} \stackrel{a}{\to}
A \xrightarrow[b]{a} B \xleftarrow{c} C
\cancel{x} + \bcancel{y} + \xcancel{z}
\boxed{x = y}
a \phantom{bcd} e
\text{if $x$ and } y
\textbf{bold} + \textit{italic}
\mathrm{ab} + \mathbf{Av} + \mathbb{R}^n + \mathcal{L} + \mathfrak{g} + \mathsf{s} + \mathtt{t}
\boldsymbol{\theta} + \bm{x}
\color{red}{x} + \textcolor{blue}{y}
a \quad b \, c \; d \: e \! f
\not\in \ne \notin \leq \geq \approx \equiv \sim \propto
a \bmod b + c \pmod d
f' + f'' + x'_1
\partial_x \nabla \infty \cdots \ldots \vdots \ddots
\sideset{_a^b}{_c^d}\sum
\prescript{a}{b}{X}
x = 1 \tag{7}
\ce{H2O} + \ce{2H2 + O2 -> 2H2O}
\SI{3}{m} + \SI{9.81}{\metre\per\second\squared}
\mathop{\mathrm{argmin}}_x f
a \mathbin{x} b \mathrel{y} c
\sum\limits_a + \sum\nolimits_b + \displaystyle\sum_c
\raisebox{1em}{x} + \smash{y}
3.14 + 1{,}000 + 1,000
n! + 50\% + 90^\circ
\bigcup_i A_i \cap \bigoplus_j V_j
\lvert x\rvert + \lVert y\rVert + \langle u, v\rangle + \lfloor z\rfloor + \lceil w\rceil
A \implies B \iff C \mapsto D
\log_2 x + \sin^2 x + \ln(1+x) + \exp\left(-x\right)
\det A = \prod_{i} \lambda_i
\Pr(A \mid B) = \frac{\Pr(B \mid A)\Pr(A)}{\Pr(B)}
-x + (-y) - z \cdot (-w)
A^{\top} A \succeq 0
p_i = \frac{e^{z_i}}{\sum_{j} e^{z_j}}
\frac{\partial L}{\partial w} = \sum_k \frac{\partial L}{\partial y_k}\frac{\partial y_k}{\partial w}
\alpha\beta\gamma\Gamma\Delta\Omega\varepsilon\vartheta
\overline{\overline{x}} + \hat{\mathbf{x}}
{n \choose k} + {a \over b}
\begin{array}{|c|c|}\hline a&b\\ \hline c&d\\ \hline\end{array}
\left[\begin{array}{rr|r}1&-2&3\\0&1&4\end{array}\right]
\begin{array}{||c||r}\hline\hline a&b\\ \cline{2-2} c&d\end{array}
\begin{array}{l@{\quad}c@{=}r@{}}a&b&c\\d&e&f\end{array}
\begin{array}{cc}\multicolumn{2}{c}{x}\\a&b\end{array}
\begin{align}a&=b\\ \intertext{so that} c&=d\end{align}
\begin{matrix}a&b\\ \hdotsfor{2}\end{matrix}
\begin{multline}a\\+b\\+c\end{multline}
\begin{CD}A@>f>>B\\@VgVV @VVhV\\C@>>k>D\end{CD}
\begin{tikzcd}A\arrow[r,dashed]\arrow[d,two heads]&B\\C\end{tikzcd}
\xymatrix{A\ar[r]^f\ar[d]_g&B\\C}
\chemfig{H_3C-*6(=-=-=-)}
\schemestart A\arrow{->[a][b]}B\schemestop
\divchave{12}{3} + \contaarmada{+}{12}{3}
\mathbf{0} + \mathbb{1} + \boldsymbol{\nabla f_1} + \mathsf{2} + \mathtt{3}
\text{a \textbf{b} $x_1$ \textit{\textbf{c}}} + \texttt{code}
a \color{red}= b + \textcolor{#00aa00}{c+d} + \color[RGB]{10,20,30}e
\colorbox{yellow}{a} + \fcolorbox{red}{yellow}{b} + \circled{1}
\num{12345.67891} + \SI{3}{\kilo\gram\metre\squared}
\smash[b]{y} + \smash[t]{x} + \llap{a}b\rlap{c}\mathclap{d} + \scalebox{1.5}{x}
\hphantom{x} + \vphantom{\frac12} + \rule{1em}{2em} + \rule[1em]{1em}{2em}
\overbracket{ab} + \underbracket{cd}_e + \overparen{ef} + \underparen{gh} + \overleftrightarrow{AB}
\dddot x + \ddddot x + \overleftarrow{AB} + \widecheck{abc}
a \xLeftrightarrow[b]{c} d \xrightleftharpoons{e} f \xlongequal{g} h \xmapsto{i} j
\bra{x} + \ket{y} + \braket{x|y} + \Set{x|x>0}
\left(a\middle|b\middle\|c\right) + \left\uparrow x\right\downarrow
\big| x \bigm| y \Big\rangle
\textstyle\sum_i \displaystyle\sum_i \scriptstyle x \scriptscriptstyle y
\mathrm{KL}(p\|q) + \operatorname{a-b} x
= b, \quad a =, \quad (\cdot), \quad x := y, \quad {} + c
\varGamma + \implies + \impliedby + \iff + \varlimsup_n a_n
\not x + \not\subset + \cancelto{0}{x}
\begin{pmatrix*}[r]-1&2\end{pmatrix*} + \bordermatrix{a&b\cr c&d}
\sqrt[n]{\sum_i x_i} + \sqrt{\lim_{n\to\infty} a_n}
""".strip().splitlines()
)
