"""Words that a page, a file or a terminal could take for something else."""

HOST = "hostile.example"
WORDS = (
    f"![x](http://{HOST}/i.png)",
    f"[x](http://{HOST}) <http://{HOST}> http://{HOST}/a www.{HOST}.com a@{HOST}",
    f'<img src="http://{HOST}/i.png"><script>alert(1)</script><b>x</b>',
    r"$\frac{1}{2}$ $$x$$ \(y\) ~~z~~ ~s~ ^t^ H~2~O",
    "**bold** *it* __b__ _i_ `code` ~~~ ```",
    "# head\n- list\n1. one\n> quote\n---\n| a | b |\n|---|---|\n| c | d |",
    ":smile: :material/home: :red[x] :blue-background[y] :streamlit: -> <- -- >=",
    "&lt;b&gt; &#42; \\* \\ {name} {0} %s %(x)s",
    "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 \u202eright to left\u202c \u2067x\u2069 \u200f",
    "half \ud800 and \udfff, \x00\x07\x1b[31mred\x1b[0m\x85\ufffe",
    "=1+1 +cmd|'/c calc'!A0 @x \tTab",
    "]]></x> ]( [ ) ](http://hostile.example) !",
)
