"""The renewal process: its stages, the words for them, and how long each may take (S5)."""

from typing import Literal

Stage = Literal["start", "plan", "quote", "commercial", "deferred", "renewed", "lost"]
# In the order in which they are gone through; a renewal that has no word yet is not started.
STAGES: tuple[Stage, ...] = (
    "start",
    "plan",
    "quote",
    "commercial",
    "deferred",
    "renewed",
    "lost",
)
# Stages in which a contract waits for somebody: only these have limits.
OPEN: tuple[Stage, ...] = STAGES[:5]
NOT_STARTED = "not_started"
# Tiers that have no limits of their own share these.
OTHER_TIERS = "other"

_WORDS: dict[Stage, str] = {
    "start": "start; started; start talking; talking; discovery; first talk; contacted; initiated;"
    " kick-off; kickoff; renewal started; engaged; outreach; open; new; 开始沟通;"
    " 初步沟通; 沟通; 启动; 已启动; 续费启动; 续约启动; 接触; 初次接触; 意向沟通; 沟通中;"
    " 開始溝通; 初步溝通; 溝通; 啟動; 已啟動; 續費啟動; 續約啟動; 接觸; 溝通中",
    "plan": "plan; planning; proposal; solution; needs analysis; value review; qualification;"
    " plan agreed; 方案; 制定方案; 方案沟通; 方案确认; 续费方案; 续约方案; 需求确认;"
    " 制定方案中; 方案溝通; 方案確認; 續費方案; 續約方案; 需求確認",
    "quote": "quote; quoted; quotation; quote sent; pricing; offer; offer sent; proposal sent;"
    " price quote; 报价; 已报价; 发送报价; 报价中; 商务报价; 報價; 已報價; 發送報價;"
    " 報價中; 商務報價",
    "commercial": "commercial; commercial process; negotiation; negotiating; contracting;"
    " contract sent; legal; procurement; in signature; approval; verbal; commit; 商务;"
    " 商务流程; 商务谈判; 谈判; 合同流程; 合同审批; 审批中; 走流程; 签约中; 采购流程;"
    " 商務; 商務流程; 商務談判; 談判; 合同審批; 審批中; 簽約中; 採購流程",
    "deferred": "deferred; postponed; delayed; on hold; paused; stalled; 延期; 推迟; 暂缓; 搁置;"
    " 延后; 暂停; 推遲; 暫緩; 擱置; 延後; 暫停",
    "renewed": "renewed; closed won; won; signed; renewal closed; completed; 已续费; 已续约;"
    " 已续签; 续费成功; 续约成功; 赢单; 已签约; 已续; 完成; 已續費; 已續約; 已續簽; 續費成功;"
    " 續約成功; 贏單; 已簽約; 已續",
    "lost": "lost; closed lost; churned; not renewing; cancelled; canceled; 已流失; 流失; 输单;"
    " 丢单; 不续; 不续费; 不续约; 未续; 放弃; 終止; 终止; 輸單; 丟單; 不續; 不續費;"
    " 不續約; 未續; 放棄",
}
_LIMITS: dict[str, tuple[int, int, int, int, int]] = {
    "strategic": (30, 30, 21, 30, 45),
    "core": (21, 21, 14, 30, 30),
    "basic": (14, 14, 10, 21, 30),
    OTHER_TIERS: (21, 21, 14, 30, 30),
}
_LIMITS |= {"战略": _LIMITS["strategic"], "核心": _LIMITS["core"], "基础": _LIMITS["basic"]}


def standard_words() -> dict[str, Stage]:
    """Give the words for stages in both languages, in lower case (K24)."""
    return {
        word.strip().lower(): stage for stage, line in _WORDS.items() for word in line.split(";")
    }


def standard_limits() -> dict[str, dict[Stage, int]]:
    """Give by tier, in lower case, how many days a renewal may stay in a stage."""
    return {tier: dict(zip(OPEN, days, strict=True)) for tier, days in _LIMITS.items()}
