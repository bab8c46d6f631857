// What the stories beside this folder expect: each expectation is told, and one that fails makes the exit code 1.
let failed = 0;

/** Both values are compared as JSON. */
export function expect(what, got, wanted) {
  const [a, b] = [got, wanted].map((value) => JSON.stringify(value));
  if (a !== b) failed += 1;
  console.log(a === b ? `ok      ${what}` : `FAILED  ${what}\n        got    ${a}\n        wanted ${b}`);
}

/** The last word of a story. */
export function told() {
  console.log(failed ? `${failed} expectations failed` : 'all as expected');
  process.exitCode = failed ? 1 : 0;
}
