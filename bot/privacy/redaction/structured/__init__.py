"""Identifiers with a shape of their own: found in any language and script, without word lists.

Fail-closed: what looks like a number or an address of somebody goes unless it provably measures.
"""
