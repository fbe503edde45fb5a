"""Pictures of the console, as pure functions: numbers in, inline SVG out.

Every label is escaped, every colour is a class of `static/pictures.css`: the console's policy allows no inline style
and no script. Which numbers there are, and which must be hidden, is decided before they come here.
"""
