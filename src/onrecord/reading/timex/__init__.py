"""Temporal expressions: the machinery under `onrecord.reading.times`.

`tokens` cuts text into words of known categories, `grammar` finds the expressions that the rules of the lexicon
describe, `tense` says which way the words around them look, `resolve` works out values and days. Rules, vocabulary
and engine are kept apart after HeidelTime (Strötgen and Gertz, 2010).
"""
