use wenzhai::import::masthead::*;
fn main() {
    for l in ["国内统一连续出版物号 CN 33-0003 代号 31-5", "国内统一连续出版物号 CN 11-0002 代号 1-5"]
    {
        println!("{l} {:?}", furniture(l, 4));
    }
}
