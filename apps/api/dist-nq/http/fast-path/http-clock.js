/**
 * Creates a clock that returns an HTTP date (RFC 9110 §5.6.7) and prints it at most once per
 * second.
 */
export function httpClock() {
    let printedFor = Number.NaN;
    let text = '';
    return () => {
        const second = Math.floor(Date.now() / 1000);
        if (second !== printedFor) {
            printedFor = second;
            text = new Date(second * 1000).toUTCString();
        }
        return text;
    };
}
//# sourceMappingURL=http-clock.js.map