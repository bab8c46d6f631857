//! Family names, for telling people's names from words.

/// Common surnames of one character, after the census of 2020 and the 百家姓.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任\
沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛\
樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛\
靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞\
姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼闻厉仝\
戈揭锺\
赖洪裘习丰檀巴索屠茅寿晋植晁阚雒逯束竺祖税贡羊蔚桓权盖逄郜昝敬尧尉邸郗亓钮衣扶帅雍宿禹嵇花容";

/// Surnames of two characters.
const COMPOUND_SURNAMES: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "端木",
    "夏侯", "南宫", "呼延", "闻人", "东郭", "百里", "钟离", "公冶", "澹台", "宗政", "濮阳", "淳于", "申屠", "轩辕",
    "鲜于", "闾丘", "司寇", "拓跋", "赫连", "独孤", "完颜", "第五", "左丘", "西门", "公羊", "万俟", "太史", "羊舌",
    "梁丘",
];

/// A character that many family names begin with.
pub(crate) fn is_surname(first: char) -> bool {
    SURNAMES.contains(first)
}

/// How many surnames are more common than that of a name, nearly.
pub(crate) fn surname_rank(name: &str) -> usize {
    let rank = |first: char| SURNAMES.chars().position(|surname| surname == first);
    name.chars().next().and_then(rank).unwrap_or(SURNAMES.len())
}

/// Begins with a family name of two characters.
pub(crate) fn has_compound_surname(name: &str) -> bool {
    COMPOUND_SURNAMES.iter().any(|surname| name.starts_with(surname))
}
