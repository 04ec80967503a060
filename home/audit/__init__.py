"""The audit of access: everything reserved, asked for as an outsider over every surface.

What is reserved is worked out here a second time, from what editors wrote and not from
``core.access``; what outsiders get is read off real answers of the site, in this process. So a
slip of the rule, a forgotten list and a wrong row of the database all come to light.
"""
