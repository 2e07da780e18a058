"""Names of persons: what looks like one, masked or not, and how it is masked (R5.3). Pure."""

from __future__ import annotations

import re

from gongkai.patterns import regex

_HAN = "\u3400-\u4dbf\u4e00-\u9fff·"
_SIGNS = "*＊×○●某□■ＸXx"
_SINGLE = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤"
    "滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井"
    "段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻"
    "莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧"
    "殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫付代覃岳仝邸鹿冼佟苟侬韩尧麦原楚哈阳卿敬"
)
_BEHIND = regex(r"[（(].*")
_BETWEEN = regex(r"[、，,；;。\s\u3000]+")
_LONG_NAME = regex(r"[·（(]")
_FEWEST = 3  # names that make a list
# Letters and signs of a name without a dot in it, and a line end; of such a name that is not masked.
_LONGEST, _LONGEST_WHOLE = 8, 5
_SIGN = regex(f"[{_SIGNS}]")
_DOUBLE = "欧阳|上官|司马|诸葛|司徒|东方|夏侯|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|端木|轩辕|百里|南宫|第五"
_FULL = regex(rf"(?:{_DOUBLE}|[{_SINGLE}])[{_HAN}]{{1,2}}$")
_DOTTED = regex(rf"[{_HAN}]{{2,8}}·[{_HAN}]{{2,8}}$")
_MASKED = regex(rf"\\?[{_HAN}]{{1,2}}(?:\\?[{_SIGNS}]){{1,3}}[{_HAN}]{{0,2}}$|(?:\\?[{_SIGNS}]){{1,2}}[{_HAN}]{{1,2}}$")
# A whole name between what parts a list: running text rarely has one.
_WHOLE_AMONG = regex(
    rf"[{_SINGLE}{''.join(name[0] for name in _DOUBLE.split('|'))}](?<![^、，,；;。：\s].)[{_HAN}]{{1,3}}(?=[、，,；;。\s（(]|$)"
)
# Words of two or three characters that start like a family name and are none.
_NOT = frozenset(
    [
        "全社会",
        "合计",
        "小计",
        "总计",
        "共计",
        "全镇",
        "全村",
        "全县",
        "全区",
        "全部",
        "全体",
        "全家",
        "计划",
        "计算",
        "文件",
        "文化",
        "文书",
        "平均",
        "平时",
        "安全",
        "安装",
        "安置",
        "明细",
        "时间",
        "时限",
        "成员",
        "成本",
        "和谐",
        "常年",
        "通知",
        "通过",
        "通报",
        "应急",
        "应付",
        "解决",
        "管理",
        "经费",
        "经营",
        "支出",
        "支付",
        "车辆",
        "水利",
        "水费",
        "水电",
        "水稻",
        "水库",
        "农业",
        "农户",
        "农村",
        "房屋",
        "房产",
        "万元",
        "金额",
        "金融",
        "高龄",
        "方案",
        "方式",
        "广场",
        "国家",
        "国有",
        "古树",
        "单位",
        "单价",
        "单项",
        "家庭",
        "家具",
        "党员",
        "党建",
        "党委",
        "师资",
        "关于",
        "空调",
        "连续",
        "司法",
        "司机",
        "公路",
        "公开",
        "公共",
        "公示",
        "公告",
        "红薯",
        "简易",
        "容量",
        "向上",
        "充电",
        "路灯",
        "路面",
        "路基",
        "沙石",
        "石料",
        "花生",
        "花卉",
        "牛羊",
        "养老",
        "养殖",
        "黄豆",
        "从业",
        "从事",
        "温室",
        "井水",
        "印刷",
        "利息",
        "边界",
        "边沟",
        "封山",
        "伏旱",
        "白菜",
        "林地",
        "林业",
        "山地",
        "山林",
        "山塘",
        "谷物",
        "田地",
        "田间",
        "米粉",
        "柏油",
        "桑园",
        "松树",
        "麻类",
        "双抢",
        "双季",
        "梅雨",
        "夏季",
        "秋季",
        "乐器",
        "景观",
        "荣誉",
        "华侨",
        "安葬",
        "束缚",
        "毕业",
        "强制",
        "盛况",
        "明确",
        "明年",
        "任务",
        "任职",
        "任期",
        "施工",
        "施行",
    ]
)


def full_name(text: str) -> bool:
    """Whether ``text`` looks like a whole Chinese name."""
    if not (_FULL.match(text) or ("·" in text and _DOTTED.match(text))):
        return False
    return text not in _NOT and not re.search(r"[村镇乡县市区组队社局所站院校]$", text)


def masked_name(text: str) -> bool:
    """Whether ``text`` is a name of which a part is hidden (王*明, 李某)."""
    return bool(_SIGN.search(text)) and bool(_MASKED.match(text)) and not text.isascii()


def name_like(text: str) -> bool:
    """Whether ``text`` is a person's name, whole or masked; what follows in brackets does not count."""
    bare = _BEHIND.sub("", text) if "（" in text or "(" in text else text
    bare = bare.replace(" ", "").replace("\u3000", "").replace("\\", "")
    if len(bare) > _LONGEST and "·" not in bare:
        return False
    return full_name(bare) or masked_name(bare)


def mask_name(name: str) -> str:
    """The name with its middle hidden: 张*, 张*丰, 欧阳*明."""
    if not full_name(name):
        return name
    if "·" in name:
        return name[0] + "*" * (len(name.replace("·", "")) - 1)
    family = 2 if re.match(_DOUBLE, name) else 1
    given = len(name) - family
    return name[:family] + "*" * max(1, given - 1) + (name[-1] if given > 1 else "")


def names_in(line: str) -> int:
    """How many names a line of text lists (张*三、李*四、王*五), if it is a list of three or more; else 0."""
    head, colon, tail = line.rpartition("：")
    text = tail if colon and len(head) < 60 else line
    masked = _SIGN.search(text)
    if not (masked or "·" in text or "\\" in text or _WHOLE_AMONG.search(text)):
        return 0
    parts = [p for p in _BETWEEN.split(text.replace("\\", "")) if p]
    if len(parts) < _FEWEST:
        return 0
    longest = _LONGEST if masked else _LONGEST_WHOLE
    short = [p for p in parts if len(p) <= longest or _LONG_NAME.search(p)]
    if len(short) < _FEWEST or len(short) * 10 < len(parts) * 6:
        return 0  # running text, as most lines are
    found = sum(map(name_like, short))
    return found if found >= _FEWEST and found * 10 >= len(parts) * 6 else 0
