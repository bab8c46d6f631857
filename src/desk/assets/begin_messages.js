// @ts-check
/**
 * The texts of the page that begins a site: no site tells its language yet, so that the page has a switch. {0}, {1} … are values.
 */

/** @typedef {'zh-Hans'|'zh-Hant'|'en'} Lang */

/** @type {[Lang, string][]} */
export const LANGUAGES = [['zh-Hans', '简体中文'], ['zh-Hant', '繁體中文'], ['en', 'English']];

/** @type {Record<string, [string, string, string]>} */
export const TEXTS = {
  'loading': ['正在读取…', '正在讀取…', 'Loading…'],
  'title': ['新建文摘站', '新建文摘站', 'Begin a digest site'],
  'intro': ['这里还没有文摘站。新站是一个文件夹：版面、文章和设置都放在里面，想搬走就整个搬走。放好以后，随时可以在审稿台里改。',
    '這裡還沒有文摘站。新站是一個資料夾：版面、文章和設定都放在裡面，想搬走就整個搬走。放好以後，隨時可以在審稿台裡改。',
    'There is no digest site here yet. A new site is a folder with its pages, articles and settings, which can be moved as a whole. Everything can be changed later.'],
  'language': ['界面语言', '介面語言', 'Language'],
  'found': ['打开已有的文摘站', '打開已有的文摘站', 'Open a site that is here'],
  'new': ['新建一个', '新建一個', 'Begin a new one'],
  'where': ['放在哪里', '放在哪裡', 'Where'],
  'below': ['在这个文件夹里新建一个文件夹', '在這個資料夾裡新建一個資料夾', 'In a new folder inside this folder'],
  'below-home': ['在个人文件夹里新建一个文件夹', '在個人資料夾裡新建一個資料夾', 'In a new folder inside your own folder'],
  'here': ['就用这个文件夹', '就用這個資料夾', 'In this folder itself'],
  'mixed': ['里面已经有别的东西，会混在一起', '裡面已經有別的東西，會混在一起', 'It holds other things, which a site would be mixed with'],
  'name': ['新文件夹的名字', '新資料夾的名字', 'Name of the new folder'],
  'default-name': ['文摘', '文摘', '文摘'],
  'site-title': ['文摘站的名称', '文摘站的名稱', 'Title of the site'],
  'site-title-note': ['印在每一页的上方，以后可以改', '印在每一頁的上方，以後可以改', 'Stands at the top of every page; it can be changed later'],
  'sample': ['新站里有两个虚构的示例版面，可以先试着改，用不着了就删掉。', '新站裡有兩個虛構的示例版面，可以先試著改，用不著了就刪掉。',
    'A new site holds two sample pages with invented news, to try things out; delete them whenever you like.'],
  'submit': ['新建，打开审稿台', '新建，打開審稿台', 'Begin, and open the desk'],
  'waiting': ['好了，正在打开审稿台…', '好了，正在打開審稿台…', 'Done. The desk is being opened…'],
  'stopped': ['程序没有回应。请再启动一次文摘；这一页可以关掉。', '程式沒有回應。請再啟動一次文摘；這一頁可以關掉。',
    'The program does not answer. Start wenzhai again; this page can be closed.'],
  'error.gone': ['这个文件夹或文摘站已经不在了，请重新选择。', '這個資料夾或文摘站已經不在了，請重新選擇。', 'This folder or site is not there any more: choose again.'],
  'error.bad-name': ['这个名字不能用作文件夹名：请用汉字、字母、数字，不要用 / \\ : * ? " < > |，也不要以点开头或结尾。',
    '這個名字不能用作資料夾名：請用漢字、字母、數字，不要用 / \\ : * ? " < > |，也不要以點開頭或結尾。',
    'A folder cannot have this name: use letters and digits, none of / \\ : * ? " < > |, and no full stop at either end.'],
  'error.taken': ['已经有这个名字的文件夹，里面有东西；请换一个名字。', '已經有這個名字的資料夾，裡面有東西；請換一個名字。',
    'There is a folder of this name already, and it is not empty: choose another name.'],
  'error.bad-title': ['请写一个名称，最多一百个字。', '請寫一個名稱，最多一百個字。', 'Give a title of at most a hundred characters.'],
  'error.failed': ['没有建成，什么都没有改动。请换一个地方再试。系统的说明：{0}', '沒有建成，什麼都沒有改動。請換一個地方再試。系統的說明：{0}',
    'It did not work, and nothing was changed. Try another place. The system says: {0}'],
  'error.open': ['打不开这个文摘站：{0}', '打不開這個文摘站：{0}', 'This site cannot be opened: {0}'],
};

/**
 * The first of the browser's languages that there is; Chinese where there is none but English, unless no Chinese is read at all.
 * @param {readonly string[]} wanted
 * @returns {Lang}
 */
export function preferred(wanted) {
  const chinese = wanted.find((tag) => /^(zh|yue|cmn)\b/i.test(tag));
  if (!chinese) return wanted.some((tag) => /^en\b/i.test(tag)) ? 'en' : 'zh-Hans';
  return /hant|tw|hk|mo/i.test(chinese) ? 'zh-Hant' : 'zh-Hans';
}

/**
 * @param {Lang} lang
 * @returns {(id: string, ...values: unknown[]) => string}
 */
export function texts(lang) {
  const column = LANGUAGES.findIndex(([tag]) => tag === lang);
  return (id, ...values) => TEXTS[id][column].replace(/\{(\d)\}/g, (_, n) => String(values[Number(n)] ?? ''));
}
