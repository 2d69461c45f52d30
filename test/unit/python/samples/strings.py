# Escapes, prefixes, concatenation, formatted strings.
"double"; 'single'; """triple"""; '''triple 'single'''
""; ''; """"quoted" """
"\\ \' \" \a\b\f\n\r\t\v \0 \12 \101 \x41 \u00e9 \U0001F600"
"unknown \d \. \( stays"
r"raw \n \' \d"; R'raw'; u"u"; b"bytes"; rb"raw bytes"; B"x"
"a" "b"; "a" 'b' """c"""; ("a"
  "b" r"\c")
b"a" b"b"
"line \
continued"
"""two
lines"""
"é😀" + "x"; x = "😀😀"; y = 1
f"plain"; f""; f"{x}"; f"a{x}b{y}c"; f"{x!r}"; f"{x:>10}"; f"{x!s:>{width}.{precision}f}"; f"{{}}"; f"{{{x}}}"
f"{x=}"; f"{ x = }"; f"{x=!s}"; f"{x=:.2f}"; f"{x + 1=}"
f"{a['b']}"; f"{a if b else c}"; f"{d['k']:{'>'}{w}}"; f"{(lambda: 1)()}"; f"{x, y}"
rf"\d{x}\n"; fr'{x}\d'; F"{x}\t"
"a" f"{b}" "c"; f"{a}" f"{b}"; f"a" "b"
f"""{
x
}"""
f"{x:%Y-%m-%d}"
f"{f'{y}'}"
