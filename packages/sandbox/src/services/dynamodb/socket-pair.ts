import { Duplex } from 'node:stream';

/** Two ends of a connection within the process: what is written to one is read from the other. */
export function socketPair(): readonly [Duplex, Duplex] {
  const end = (other: () => Duplex): Duplex =>
    new Duplex({
      read() {
        // What comes is pushed by the other end.
      },
      write(chunk, _encoding, done) {
        other().push(chunk);
        done();
      },
      final(done) {
        other().push(null);
        done();
      },
      destroy(error, done) {
        // An end that goes away without a word ends the other too.
        if (!other().readableEnded) other().push(null);
        done(error);
      },
    });
  const first: Duplex = end(() => second);
  const second: Duplex = end(() => first);
  return [first, second];
}
