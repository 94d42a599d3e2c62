"""The plan as a campaign: who is asked, by whom, about which fields, until when, on which form, by which criteria.

Fields, owners, criteria, forms and holidays are rows of a campaign, never code. Open, closed and late are asked of the
clock, never stored; only what people do is a state.
"""
