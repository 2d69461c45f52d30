x = 1
if x:
    y = """a
b"""
    z = f(1,
      2)

def g():
    return \
        1
