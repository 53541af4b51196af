import { write, writeSync } from 'node:fs';
/** Maximum bytes waiting for a slow reader. Further lines are dropped. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;
/** Milliseconds that a line waits for others to share its write. */
const LINGER_MS = 20;
/** Milliseconds until a write to a slow reader (EAGAIN) is retried. */
const RETRY_MS = 10;
/** Maximum bytes in UTF-8 of one UTF-16 unit of a string. */
const MAX_BYTES_PER_UNIT = 3;
/**
 * Writes lines to a file descriptor in order, many with one write. Callers never wait for the
 * reader.
 */
export class LineWriter {
    #fd;
    #chunkBytes;
    #maxWaiting;
    /** The chunk that lines are added to, and the bytes used in it. */
    #chunk;
    #length = 0;
    #waiting = [];
    #writing = false;
    #timer;
    constructor(fd, { chunkBytes = 64 * 1024 } = {}) {
        this.#fd = fd;
        this.#chunkBytes = chunkBytes;
        this.#maxWaiting = MAX_WAITING_BYTES / chunkBytes;
        this.#chunk = Buffer.allocUnsafe(chunkBytes);
    }
    /** Adds a line, which includes its line break. */
    write(line) {
        const maxBytes = line.length * MAX_BYTES_PER_UNIT;
        if (this.#length + maxBytes > this.#chunkBytes) {
            this.#closeChunk();
        }
        if (this.#waiting.length > this.#maxWaiting) {
            return;
        }
        if (maxBytes > this.#chunkBytes) {
            this.#waiting.push(Buffer.from(line));
        }
        else {
            this.#length += this.#chunk.write(line, this.#length);
        }
        if (!this.#writing) {
            this.#timer ??= setTimeout(() => this.#writeNext(), LINGER_MS);
        }
    }
    /**
     * Writes all waiting lines synchronously, for the end of the process. Lines that cannot be
     * written are dropped: a reader that is gone (EPIPE) or slow (EAGAIN) must not change how the
     * process ends.
     */
    flush() {
        this.#closeChunk();
        try {
            for (const chunk of this.#waiting.splice(0)) {
                writeWhole(this.#fd, chunk);
            }
        }
        catch {
            // There is nowhere to report it.
        }
    }
    #closeChunk() {
        if (this.#length === 0) {
            return;
        }
        this.#waiting.push(this.#chunk.subarray(0, this.#length));
        this.#chunk = Buffer.allocUnsafe(this.#chunkBytes);
        this.#length = 0;
    }
    #writeNext() {
        this.#timer = undefined;
        if (this.#waiting.length === 0) {
            this.#closeChunk();
        }
        const chunk = this.#waiting.shift();
        this.#writing = chunk !== undefined;
        if (chunk) {
            this.#writeChunk(chunk);
        }
    }
    #writeChunk(chunk) {
        write(this.#fd, chunk, (error, written) => {
            if (error?.code === 'EAGAIN') {
                setTimeout(() => this.#writeChunk(chunk), RETRY_MS);
            }
            else if (!error && written < chunk.length) {
                this.#writeChunk(chunk.subarray(written));
            }
            // If the reader is gone (EPIPE), the chunk is dropped: there is nowhere to report it.
            else if (this.#waiting.length > 0) {
                this.#writeNext();
            }
            else {
                this.#timer = setTimeout(() => this.#writeNext(), LINGER_MS);
            }
        });
    }
}
function writeWhole(fd, chunk) {
    for (let written = 0; written < chunk.length;) {
        written += writeSync(fd, chunk, written);
    }
}
//# sourceMappingURL=line-writer.js.map