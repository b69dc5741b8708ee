"""Mail providers at which anyone can have an address, so the domain says nothing of the unit."""

PUBLIC_DOMAINS: frozenset[str] = frozenset(
    {
        *("qq.com", "vip.qq.com", "foxmail.com", "163.com", "vip.163.com", "126.com"),
        *("vip.126.com", "yeah.net", "188.com", "sina.com", "sina.cn", "vip.sina.com"),
        *("sohu.com", "vip.sohu.com", "139.com", "189.cn", "wo.cn", "wo.com.cn", "tom.com"),
        *("aliyun.com", "21cn.com", "263.net", "eyou.com", "petalmail.com", "dingtalk.com"),
        *("outlook.com", "hotmail.com", "live.com", "live.cn", "msn.com", "gmail.com"),
        *("googlemail.com", "icloud.com", "me.com", "yahoo.com", "yahoo.cn", "yahoo.com.cn"),
        *("proton.me", "protonmail.com", "feishu.cn", "sogou.com", "aol.com", "zoho.com.cn"),
    }
)
