# Byte order mark, tabs, form feeds, comments, blank lines.
if a:
	b
	if c:
		d # comment
		# comment
# comment at the margin
	e

class A:

    # first

    x = 1

  # odd comment
    y = [
  1, # one

# two
        2,
    ]
if a: # comment
    b
# before else
else: # comment
    c
x = a + \
    b
foo(a,
    b # last
    ).bar(
)
if True:
    pass;
