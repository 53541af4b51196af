// Replaces lone-reads.js: every read is a command of its own.
export class LoneReads {
  tryBegin() {
    return true;
  }

  ended() {}
}
