// Narrows a list of names while somebody types: by characters, by pinyin (the addresses hold it) and by its initials. Enter asks the
// search, which knows the names of all pages.
const box = document.querySelector('.narrow');
const input = box.querySelector('input');
const output = box.querySelector('output');
const groups = [...document.querySelectorAll('.names')];

const names = groups.flatMap((group) => [...group.querySelectorAll('li')].map((item) => {
  const link = item.querySelector('a');
  const syllables = link.pathname.replace(/index\.html$/, '').split('/').filter(Boolean).pop().split('-');
  const initials = syllables.map((syllable) => syllable[0]).join('');
  return { item, group, name: link.textContent.toLowerCase(), pinyin: syllables.join(''), initials };
}));

function narrow() {
  const typed = input.value.normalize('NFKC').toLowerCase().replace(/[\s'-]/g, '');
  const matches = ({ name, pinyin, initials }) =>
    name.replace(/\s/g, '').includes(typed) || pinyin.startsWith(typed) || initials.startsWith(typed);
  const found = names.filter(matches);
  const shown = new Set(found.map(({ item }) => item));
  for (const { item } of names) item.hidden = !shown.has(item);
  const filled = new Set(found.map(({ group }) => group));
  for (const group of groups) group.hidden = !filled.has(group);
  output.textContent = typed ? String(found.length) : '';
}

input.addEventListener('input', narrow);
box.hidden = false;
narrow();
