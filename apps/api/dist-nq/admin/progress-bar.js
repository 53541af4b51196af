const WIDTH = 30;
/**
 * Creates a function that draws progress in one line of a terminal, and ends the line with the last
 * part. Draws nothing if the stream is not a terminal.
 */
export function progressBar(stream) {
    let drawn = -1;
    return ({ done, total }) => {
        const percent = Math.floor((100 * done) / total);
        if (!stream.isTTY || percent === drawn) {
            return;
        }
        drawn = percent;
        const filled = Math.round((WIDTH * percent) / 100);
        const bar = '#'.repeat(filled) + '.'.repeat(WIDTH - filled);
        stream.write(`\r[${bar}] ${percent}%${done === total ? '\n' : ''}`);
    };
}
//# sourceMappingURL=progress-bar.js.map