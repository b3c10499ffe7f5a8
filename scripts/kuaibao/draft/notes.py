"""The notes of drafted figures: why a period is what it is, as published, by key, in Chinese and English."""

from __future__ import annotations

NOTES = {
    "issue": (
        "文中没有写年份，按发文日推定。",
        "The text names no year; taken as the year of the date of issue.",
    ),
    "issue-open": (
        "文中没有写年份，按发文日推定；到发文日这段时间还没有结束。",
        "The text names no year; taken as that of the date of issue, when the period was not yet over.",
    ),
    "issue-next": (
        "文中没有写年份，按发文日的下一年推定。",
        "The text says next year; taken from the date of issue.",
    ),
    "relative": (
        "原文写的是去年、上年一类的字样，年份由此推定。",
        "The text says last year or the like; the year follows from that.",
    ),
    "span": (
        "原文只说几年来合计，没有写起止年份，按发文年份往前推。",
        "The text gives a number of years without naming them; counted back from the year of issue.",
    ),
    "span-dated": (
        "原文只说几年合计，起止年份按同一句里的年份推定。",
        "The text gives a number of years without naming them; counted from the year in the same sentence.",
    ),
    "span-open": (
        "原文只说几年来合计，没有写起止年份。",
        "The text gives a number of years in all without naming them.",
    ),
    "title": (
        "年份按标题推定，这一句没有另说。",
        "The year is that of the heading; the sentence names none.",
    ),
    "several": (
        "同一句里有几个日期，时期取最合文意的一个。",
        "The sentence names several dates; the period is the one that fits best.",
    ),
    "together": (
        "原文把几个年份放在一起说，时期从第一个到最后一个。",
        "The text names several years together; the period runs from the first to the last.",
    ),
    "ends": (
        "原文说一段时间里由多少到多少，时期取这段时间的起点或终点。",
        "The text tells a change over some time; the period is where that begins or ends.",
    ),
    "base": (
        "原文与另一个日期比较，那个日期不是这一数据的时期。",
        "The date with which the text compares is not the period of the figure.",
    ),
    "since": (
        "原文只写从何时起，止期按发文日推定。",
        "The text says only since when; the end is taken from the date of issue.",
    ),
    "edge": ("原文只写在此以前，没有写起点。", "The text says only before when, and no beginning."),
    "now": (
        "原文写的是目前，按发文日推定。",
        "The text says at present; taken as of the date of issue.",
    ),
    "total": ("原文是累计数，没有写起点。", "A running total of which the text names no beginning."),
    "lasting": (
        "原文另说历时多久，起止没有写明。",
        "The text says how long it took, and not from when to when.",
    ),
    "cell": ("时期取自表格同一行的日期。", "The period is a date in the same row of the table."),
}
