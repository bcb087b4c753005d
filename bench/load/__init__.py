"""Load a server as its readers do: `make load`.

Arrivals are open: sessions begin at random instants of a rate, whether or not the server keeps up, and latency
counts from the instant at which a request was due. A closed load, in which each of so many clients waits for its
answer before it asks again, slows down with the server, and leaves out the delays that readers would have seen.
"""
