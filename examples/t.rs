use wenzhai::import::{credits::*, features::*, names::*};
fn main() {
    for l in [
        "本报记者 邹子 通讯员 吴艳 吕然建",
        "本报记者 毛芳秀 本报通讯员 卢琪峰",
        "本报通讯员 陆鸣霞",
        "本报记者 贺磊",
        "文远华",
    ] {
        println!("{l} {:?} {:?} {:?} {:?}", byline(l), credit(l), dateline(l), jump(l));
    }
}
