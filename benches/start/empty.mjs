// Nothing, for what Node itself takes.
