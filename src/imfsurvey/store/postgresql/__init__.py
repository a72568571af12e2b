"""Responses on a PostgreSQL server: the store for surveys that outgrow one machine.

`store.PostgresStore` keeps the contract of `imfsurvey.store.ResponseStore`; `address.checked_url`
says which addresses may stand in a file. The libraries (extra `postgres`) are loaded when a store
is made, so that who does not need a server need not have them.

What lies on the server is one table of box, id and payload. No column tells a time or an order;
what PostgreSQL itself notes of the order (`ctid`, `xmin`, large payloads' numbers) is levelled by
`equalise` when a wave closes. docs/howto-postgresql.md says what an administrator can see until
then, and what the write-ahead log keeps.
"""
