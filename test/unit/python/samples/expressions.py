# Every kind of expression.
1; 1_000; 0x_fF; 0b1010; 0o17; 00; 9007199254740991; 9007199254740993; 4.; .5; 1e3; 1_0.5e-2; 3j; 2.5J
True, False, None, ...
name
object.attribute.second
call()
call(1, 2, key=3, *args, other=4, **kwargs)
call(*[1, 2], **{"a": 1},)
call(x for x in y)
call((x for x in y), 1)
call(a)(b)[c].d
sub[1]; sub[1, 2]; sub[1,]; sub[:]; sub[1:]; sub[:2]; sub[1:2:3]; sub[::2]; sub[..., None, :, 1:]; sub[(1, 2)]
sub[i:i + 1]; sub[-1]; sub[*a]; sub[*a, 1]; sub[x := 1]
-1; +x; ~x; not x; not not x; --1; -x ** -y
a + b - c * d / e // f % g ** h @ i << j >> k & l | m ^ n
a ** b ** c; (a + b) * c; ((a))
a and b or c and not d
a and b and c; (a and b) and c; a or (b or c)
a < b <= c == d != e >= f > g is h is not i in j not in k
a if b else c if d else e
lambda: 0
lambda a, /, b=1, *c, d, e=2, **f: a
lambda *, k: k
lambda x: (yield)
(); (1,); (1, 2); 1, 2; 1,; (1, *rest); [1, *rest, 2]; []; [1]; [1, 2,]; {1}; {1, 2,}; {*a, *b}
{}; {"a": 1}; {"a": 1, **b, c: d,}
[x for x in y]
[x + z for x, z in y if x if z for w in x]
{x for x in y}; {k: v for k, v in d.items() if v}
(x async for x in y)
[x for x in (1, 2) if (lambda: x)()]
[a for a, in b]
(n := 10) + n
print(f"{x}", (y := 1))
match; case; type; match.case(type=type); print; exec
print
(yield)
await_ = 1
