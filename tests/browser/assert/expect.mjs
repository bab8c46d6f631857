// Expectations of the browser tests: each is printed, and a failed one makes the exit code 1.
let failed = 0;

// what the program says is read by the tests
process.env.WENZHAI_LANG = 'en';

/** Both values are compared as JSON. */
export function expect(what, actual, expected) {
  const [a, b] = [actual, expected].map((value) => JSON.stringify(value));
  if (a !== b) failed += 1;
  console.log(a === b ? `ok      ${what}` : `FAILED  ${what}\n        actual   ${a}\n        expected ${b}`);
}

/** Prints the summary and sets the exit code; to be called at the end. */
export function summarize() {
  console.log(failed ? `${failed} expectations failed` : 'all expectations hold');
  process.exitCode = failed ? 1 : 0;
}
