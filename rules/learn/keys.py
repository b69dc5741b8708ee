"""Which English words make a field's key out of its Chinese label."""

from __future__ import annotations

import re

from rules.labels import read_label

# longest first when looked up; "" leaves the word out of the key
_TABLE = """
农资=farm_supplies 物品=goods 赠送=donated 药品=medicines 画廊=galleries 影视=films
农机具=machines 展示=shown 诊断=diagnoses 信息=news 电视=tv 宣传栏=features 提供=offered
出动=sent_out 捐赠=donated 参会=attending 发言=speech 到达=arriving 车次=train 住宿=lodging
房间=room 职业=occupation 特长=skill 填报单位=unit 单位名称=unit 申报单位=unit 报送单位=unit
推荐单位=recommending_unit 主办单位=organiser 承办单位=co_organiser 协办单位=supporter
主管部门=authority 主管单位=authority 组织单位=organiser 所在单位=unit 工作单位=unit
学校名称=school 医院名称=hospital 机构名称=institution 单位=unit 部门=department 学校=school
医院=hospital 科室=ward 学院=college 班级=class 年级=grade 专业=specialty 院系=faculty
项目名称=project 活动名称=activity_name 作品名称=work 课题名称=topic 基地名称=base_name
名称=name 项目负责人=leader 活动负责人=leader 负责人=leader 联系人=contact 联络员=contact
填表人=filled_in_by 填报人=filled_in_by 审核人=checked_by 指导教师=teacher 姓名=person 性别=sex
年龄=age 民族=ethnicity 出生年月=born 职务=post 职称=rank 学历=education 政治面貌=party
身份证号=identity_number 联系电话=phone 电话=phone 手机号码=mobile 手机号=mobile 手机=mobile
联系方式=reach 传真=fax 电子邮箱=email 电子邮件=email 邮箱=email 邮政编码=postcode
邮编=postcode 通讯地址=address 地址=address 举办时间=period 活动时间=period 开展时间=period
起止时间=period 时间=time 填报日期=filled_in_on 日期=day 填表日期=filled_in_on 举办地点=venue
活动地点=venue 地点=venue 场所=venue 项目简介=summary 活动简介=summary 简介=summary
活动内容=content 主要内容=content 内容=content 形式=form 类别=category 类型=kind 级别=level
活动经费=budget 经费预算=budget 预算=budget 经费=funds 资金=funds 金额=amount 投入=spending
财政=public 中央=central 省级=provincial 副省级=subprovincial 市级=city 县级=county
区级=district 乡镇=town 企业=company 赞助=sponsored 实物=goods 其他=other 其它=other
拟参加人数=expected 参加人数=participants 参与人数=participants 人数=people 人次=attendances
次数=times 场次=sessions 场数=sessions 个数=number 数量=number 总数=total 合计=sum 总计=sum
参加=joining 参与=taking_part 活动=activity 举办=held 开展=held 承接=taken_on 任务=tasks
科技部=ministry 科普=outreach 科技=science 专职=full_time 兼职=part_time 人员=staff
科技工作者=scientists 工作者=workers 志愿者=volunteers 招募=recruited 群众=public 公众=public
线下=offline 线上=online 媒体=media 宣传=publicity 报道=reports 资料=leaflets 发放=given_out
展板=boards 讲座=lectures 报告会=talks 培训班=courses 培训=training 咨询=consultations
义诊=clinics 场馆=venues 基地=bases 科研机构=institutes 大学=universities 高校=universities
开放=opened 学生=students 教师=teachers 青少年=young_people 农牧民=herders 农民=farmers
专家=experts 视频=videos 作品=works 图书=books 展品=exhibits 直播=live 短信=messages
下乡=village_visits 服务=services 技术=technical 参观=visits 观众=visitors 审核意见=approval
意见=opinion 备注=remarks 说明=note 附件=annexes 成果=results 效果=effect 亮点=highlights
问题=problems 建议=suggestions 面积=area 主题=theme 序号= 情况= 期间= 周= 的= 数= 及= 和= 与=
拟= 开展情况= 是否=whether 疫苗=vaccine 患者=patients 护士=nurses 医生=doctors 设备=equipment
实验室=laboratories 论文=papers 专利=patents 课程=courses 课时=hours 车辆=vehicles
宣传车=vehicles
"""
WORDS: dict[str, str] = {
    word: english
    for line in _TABLE.splitlines()
    for word, _, english in (pair.partition("=") for pair in line.split())
}
_LONGEST = max(map(len, WORDS))
MOST_WORDS = 4  # in a key


def key_of(label: str, taken: set[str], number: int) -> tuple[str, bool]:
    """Return a key nobody has taken, and whether it means anything."""
    words = _words(read_label(label).plain)
    name = "_".join(list(dict.fromkeys(words))[:MOST_WORDS])
    known = bool(re.fullmatch(r"[a-z][a-z0-9_]*", name))
    name = name if known else f"field_{number}"
    key, count = name, 1
    while key in taken:
        count += 1
        key = f"{name}_{count}"
    return key, known


def _words(core: str) -> list[str]:
    """Cut a label into known words; one that is mostly unknown gets none."""
    found: list[str] = []
    unknown = position = 0
    while position < len(core):
        size = next(
            (n for n in range(_LONGEST, 0, -1) if core[position : position + n] in WORDS), 0
        )
        if not size:
            unknown += 1
        elif WORDS[core[position : position + size]]:
            found.append(WORDS[core[position : position + size]])
        position += size or 1
    return found if unknown * 2 <= len(core) else []
