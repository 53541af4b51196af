// Instead of packages/cache/dist/read/lone-reads.js: every read is a command of its own.
export class LoneReads {
  tryBegin() {
    return true;
  }

  ended() {}
}
