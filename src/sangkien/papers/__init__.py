"""Every document of the programme as a row: made here or arrived, with its number, its date and its files.

Issuing is an act of people elsewhere: the registry gives the number, somebody signs. Here it is recorded by typing
number and date and handing in the signed file. What was issued never changes.
"""
