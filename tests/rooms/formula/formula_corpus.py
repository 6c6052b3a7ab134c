"""Formulas of every kind that the parser knows: our own list, a line each."""

from __future__ import annotations

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
""".strip().splitlines()
)
