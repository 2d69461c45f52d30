# Functions, classes, decorators.
def f(): pass
def f(a, b=1, *args, c, d=2, **kwargs): return
def f(a, b, /, c, *, d): ...
def f(*, a): ...
def f(*args: int, **kwargs: str) -> None: ...
def f(*args: *Ts): ...
def f(a: int, b: "str" = "x", c: List[int] = None, *, d: a.b[c] = 1) -> Tuple[int, str]:
    """Documentation."""
    return a, b
    # a comment behind

    # and another
def g():
    yield
def g():
    x = yield from y
    return x
def g():
    def inner():
        yield 1
    return lambda: (yield 2)
def g():
    return [(yield_) for yield_ in x]
def g():
    for x in y:
        if x:
            yield x, 1
            z += yield
async def h():
    await a
    async with b as c: pass
    async for d in e: pass
    return [f async for f in g if await f]
@decorator
def d(): pass
@a.b.c(1, x=2)
@second
class D: pass
@a[0].b
async def d(): pass
class A: pass
class A(): pass
class A(B, C.d, metaclass=M, **kw):
    """Documentation."""
    x: int = 1
    def method(self):
        nonlocal_ = super().method()
        class Inner(self.Base):
            pass
        return Inner
    @property
    def p(self): return self._p
def outer():
    x = 1
    def inner():
        nonlocal x, y
        x = 2
class Größe(nn.Module):
    größe = "ß"
    def ﬁnd(self, 变量=1): return 变量  # ﬁ is one letter
