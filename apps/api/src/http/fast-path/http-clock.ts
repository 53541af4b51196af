/** Makes a clock that tells the time as HTTP's headers do (RFC 9110 §5.6.7), printed once in a second. */
export function httpClock(): () => string {
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
