// A page of invented text for the tests of the desk: its lines, their places in columns, and a picture of it. 示例
const WIDE = 1000;
const TALL = 1420;

/** Articles as they are on the sheet: box, and parts by role. A body is wrapped into the columns of the box. */
const SHEET = [
  { x: 40, y: 110, width: 590, height: 560, columns: 3, kicker: '示例市总工会把课堂搬进焊接车间', title: '下了夜班还有一堂课', subtitle: '——一家示例造船厂的技能等级评价',
    byline: '示例记者 甲一 乙二', kind: 'news', themes: ['产改', '技能'], unsure: 9,
    body: '傍晚六点，示例造船厂三号车间的灯没有熄。二十多名焊工搬来长凳，围着一块试板坐下，听师傅讲立焊的收弧。课是工会办的，教材是车间自己写的，考试也在车间里考。'
      + '厂里去年把技能等级同岗位工资连在一起，评上高级工的每月多拿津帖八百元。消息一出，报名的人从十几个涨到两百个。师傅们说，过去教徒弟凭情分，现在教会一个，厂里也给一份课时费。'
      + '工会做的第二件事是改题目。原来的题库来自课本，焊工们答得好，活却不一定做得好。今年的题目由三位老师傅出，一半是实际的缺陷件，让考生说出缺陷怎样来、怎样补。'
      + '到上个月，车间里有六十一人升了一级，返修的焊缝少了三成。车间主任说，他最看重的不是证书，是夜课散了以后，还有人留下来把那块试板再焊一遍。' },
  { x: 650, y: 110, width: 310, height: 560, columns: 2, column: '短评', title: '给骑手留一把椅子', byline: '丙三', kind: 'commentary', themes: ['新就业形态'],
    body: '示例街道的驿站添了六把椅子、一个充电柜和一台热水器，花钱不多，来的人却多。有骑手说，等单的二十分钟，以前是站在屋檐下过的。'
      + '服务新就业形态劳动者，常常从大处说起，从小处落空。一把椅子看得见，坐得着，坏了有人修，比一块牌子有用。愿更多的驿站先问一问要坐的人：椅子放在哪里。' },
  { x: 40, y: 700, width: 440, height: 560, columns: 2, kicker: '从学徒到首席技师', title: '丁四和他的第九本笔记', byline: '示例通讯员 戊五', kind: 'news', themes: ['工匠'], subhead: '一毫米里的学问',
    body: '丁四的工具箱里有九本笔记，第一本的封皮已经掉了。上面记的是三十年前他当学徒时听来的话，字很小，图很多。'
      + '他负责的机床加工一种细长的轴，过去十根里要废两根。丁四把每根废轴的毛病画下来，画到第六本，看出了规律：毛病不在刀上，在夹紧的先后。改了次序，废品降到百根一根。',
    caption: '丁四在示例机床厂检查轴的跳动。', credit: '己六 摄' },
  { x: 500, y: 700, width: 460, height: 560, columns: 2, title: '县里的技能赛开到了田头', byline: '', kind: 'brief', themes: [], jump: '（下转第4版）',
    body: '示例县的农机手技能竞赛上周在一片刚收过的麦田里举行，四十二名选手比修理、比接驳、比夜间作业。裁判由厂家和合作社各出一半。'
      + '前五名得到的不只是奖金：县里把他们编进抢收的服务队，农忙时按次付酬。' },
];

const SIZES = { kicker: 24, title: 40, subtitle: 22, column: 20, byline: 18 };

/** Wraps a text into lines of so many characters. */
const wrap = (text, length) => text.match(new RegExp(`.{1,${length}}`, 'gu')) ?? [];

/** The lines of an article and their rectangles. */
function lay(article) {
  const lines = [];
  let top = article.y;
  for (const [role, size] of Object.entries(SIZES)) {
    if (!article[role]) continue;
    for (const text of wrap(article[role], Math.trunc(article.width / size))) {
      lines.push({ role, text, rect: [article.x, top, Math.min(article.x + article.width, article.x + [...text].length * size), top + size * 1.2] });
      top += size * 1.45;
    }
  }
  const width = article.width / article.columns;
  const length = Math.trunc((width - 16) / 20);
  const body = [...article.subhead ? [{ role: 'subhead', text: article.subhead }] : [], ...wrap(article.body, length).map((text) => ({ role: 'body', text })),
    ...['caption', 'credit', 'jump'].flatMap((role) => article[role] ? wrap(article[role], length).map((text) => ({ role, text })) : [])];
  const rows = Math.ceil(body.length / article.columns);
  body.forEach(({ role, text }, at) => {
    const [x, y] = [article.x + Math.trunc(at / rows) * width, top + 10 + (at % rows) * 30];
    lines.push({ role, text, rect: [x, y, x + [...text].length * 20, y + 24] });
  });
  return lines;
}

const THEMES = ['产改', '工匠', '技能', '新就业形态', '就业', '权益', '工会服务', '数智'];

/** A page as `api/page` answers it; with `copies` it has as many lines as wanted. */
export function samplePage(name, { copies = 1, picture = true, date = '2025-02-25', number = 3 } = {}) {
  const lines = [];
  const articles = [];
  const add = (line, article) => {
    const i = lines.length;
    lines.push({ i, n: i + 1, numbers: [i + 1], text: line.text, printed: null, role: line.role, article, why: WHY[line.role] ?? '', certainty: 0.97, doubt: false,
      rects: line.rect ? [line.rect.map((each) => Math.round(each))] : [], unsure: [], set: false, duplicate: null });
    return i;
  };
  add({ role: 'furniture', text: `示例工人报 ${date} 星期二 第${number}版`, rect: [40, 40, 560, 66] }, null);
  for (let copy = 0; copy < copies; copy += 1) {
    for (const own of SHEET) {
      const k = articles.length;
      const rows = lay(own);
      const moved = rows.map((row) => ({ ...row, rect: row.rect.map((each, side) => side % 2 ? each + copy * 1300 : each) }));
      const indexes = moved.map((row) => add(row, row.role === 'jump' ? null : k)).filter((i) => lines[i].article === k);
      articles.push({ k, title: own.title, inferred: false, kicker: own.kicker ?? '', subtitle: own.subtitle ?? '', column: own.column ?? '',
        authors: own.byline ? own.byline.replace(/^示例(记者|通讯员) /, '').split(' ') : [], byline: own.byline ?? '', kind: own.kind, date,
        themes: own.themes.map((id) => ({ id, name: id, set: false, sure: id === '技能' ? 0.55 : 0.93, evidence: own.body.includes(id.slice(0, 2)) ? [id.slice(0, 2)] : [] })),
        set: [], lines: indexes, file: `content/articles/${name}-${k + 1}.md`, url: `/2025/02/25/${encodeURIComponent(name)}-${k + 1}/`, edited: false, continues: null });
    }
  }
  add({ role: 'furniture', text: '责任编辑：庚七 版式设计：辛八', rect: [640, 1385, 960, 1408] }, null);
  const page = { name, version: '1', looked: false, file: `content/pages/${name}`, sidecar: `content/pages/${name}.toml`,
    masthead: { paper: '示例工人报', date, issue: 1024, page: number }, masthead_set: [], sheet: [WIDE, TALL + (copies - 1) * 1300],
    picture: picture ? `api/picture?name=${encodeURIComponent(name)}` : null, lines, articles, doubts: [], undo: null, redo: null, findings: [] };
  return mistakes(page);
}

const WHY = { title: '字号是正文的 2.7 倍，横跨三栏', kicker: '在题目上方，字号 1.6 倍', subtitle: '以破折号开头，在题目下方', body: '字号与版面上多数行相同', byline: '“记者”后是人名',
  furniture: '在版心之外', caption: '在图片下方', credit: '以“摄”结尾', column: '在题目上方，自成一栏', subhead: '比正文短，加粗', jump: '“下转第…版”' };

/** What import is unsure of, or got wrong, on the page: these are the places to be corrected. */
function mistakes(page) {
  const doubt = (i, kind, score, changes) => {
    page.lines[i] = { ...page.lines[i], doubt: true, certainty: 0.42, ...changes };
    page.doubts.push({ line: i, kind, score, article: page.lines[i].article });
  };
  const title = page.lines.find(({ role, article }) => role === 'title' && article === 2);
  if (title) doubt(title.i, 'headline', 9, { role: 'subhead', why: '字号像题目，但在栏中间' });
  const misread = page.lines.find(({ text }) => text.includes('津帖'));
  if (misread) {
    const at = misread.text.indexOf('帖');
    doubt(misread.i, 'text', 3, { unsure: [[at, at + 1, 0.41]] });
  }
  const caption = page.lines.find(({ role }) => role === 'caption');
  if (caption) doubt(caption.i, 'role', 1, { role: 'body', why: '在栏尾，字号略小' });
  const first = page.articles[0].lines[0];
  page.doubts.push({ line: first, kind: 'theme', score: 0.5, article: 0 });
  return page;
}

/** The picture of a page: its text at its places. */
export function samplePicture({ sheet: [width, height], lines }) {
  const escaped = (text) => text.replace(/[&<]/g, (sign) => sign === '&' ? '&amp;' : '&lt;');
  const texts = lines.filter(({ rects }) => rects.length > 0).map(({ text, printed, rects: [[x0, y0, x1, y1]] }) =>
    `<text x="${x0}" y="${y0 + (y1 - y0) * 0.82}" font-size="${(y1 - y0) / 1.2}" textLength="${x1 - x0}" font-weight="${y1 - y0 > 30 ? 700 : 400}">${escaped(printed ?? text)}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Noto Serif CJK SC, serif" fill="#222">
<rect width="${width}" height="${height}" fill="#fdfcf8"/><path d="M40 85H960M635 110V660M40 685H960M490 700V1250" stroke="#bbb" fill="none"/>
<rect x="280" y="1020" width="190" height="120" fill="#ddd"/>${texts.join('')}</svg>`;
}

export const sampleSite = (lang = 'zh-Hans') => ({ title: '示例文摘', lang, folder: '/示例', preview: '/', themes: THEMES.map((name) => ({ id: name, name })),
  kinds: ['news', 'photo', 'commentary', 'theory', 'brief'], papers: ['示例工人报', '示例劳动报'] });

/** What publishing would change: at a web site, and in a folder that holds files of somebody else. */
export function samplePlans() {
  const paths = (...files) => ({ count: files.length, files });
  const common = { address: '', size: '41.2 kB', refused: null, findings: [], failed: null };
  const [add, update, remove] = [paths('2025/02/25/示例-1/index.html'), paths('index.html', 'feed.xml'), paths('2024/旧文/index.html')];
  const refused = { code: 'not-empty', severity: 'error', message: '备份里有 7 个不是文摘放进去的文件', hint: '换一个空的地方', file: '', line: null };
  return [
    { ...common, name: '网站', kind: 'ssh', to: '网站 (desk@shili.example:/srv/www)', address: 'https://shili.example/', add, update, remove },
    { ...common, name: '备份', kind: 'dir', to: '备份 (/mnt/备份)', add, update: paths(), remove: paths(), refused },
    { ...common, name: '镜像', kind: 'git', to: '镜像', add: paths(), update: paths(), remove: paths(), failed: { ...refused, message: '连不上 shili.example' } },
  ];
}
