# Patterns of match statements.
match x:
    case 1: a
    case -1: a
    case -1.5: a
    case 1 + 2j: a
    case "s" "t": a
    case None: a
    case True: a
    case a.b.c: a
    case y: a
    case _: a
match x, y:
    case 1, 2: a
    case (1, 2): a
    case [1, y, _]: a
    case (y): a
    case (y,): a
    case y,: a
    case []: a
    case (): a
    case [1, *rest]: a
    case *_, last: a
match x:
    case 1 | 2 | -3: a
    case (1 | 2) as y: a
    case "a" | None if z > 1: a
    case A(): a
    case A.B(1, y, k=z, l=A(w)): a
    case {"k": v, **rest}: a
    case {}: a
    case [A(p), {"q": q}] as all: a
match (x):
    case [1, [2, y]]:
        a
        b
match = 1
match.x = case = 2
