"""A small folder of lists in ESCO's and STAR's own columns; every concept is made up or common."""

from pathlib import Path

ESCO = "http://data.europa.eu/esco"
STAR = "http://data.star.dk/esco/occupation"
BAKER = "http://data.europa.eu/esco/occupation/baker"

FILES = {
    "occupations_da_v9.9.csv": (
        "conceptUri,iscoGroup,preferredLabel,altLabels,description\n"
        f'{ESCO}/occupation/baker,7512,bager,"brødmager\nbager i supermarked",Bager brød\n'
        f"{ESCO}/occupation/wire,8121,trådtrækker,trådtrækkeroperatør,Trækker tråd\n"
        f"{ESCO}/occupation/rope,8121,rebslager,,Slår reb\n"
        f"{ESCO}/occupation/net,7318,netbinder,hjælper|lagerhjælper|netbindermester,Binder net\n"
        f"{ESCO}/occupation/nurse,2221,specialnatsygeplejerske,,Passer syge\n"
    ),
    "occupations_en_v9.9.csv": (
        "conceptUri,iscoGroup,preferredLabel,altLabels\n"
        f"{ESCO}/occupation/wire,8121,wire drawer,metal drawer\n"
    ),
    "skills_da_v9.9.csv": (
        "conceptUri,skillType,reuseLevel,preferredLabel,altLabels\n"
        f"{ESCO}/skill/wire,skill/competence,sector-specific,trække tråd,\n"
        f"{ESCO}/skill/metal,knowledge,sector-specific,tråd,metaltråd\n"
        f"{ESCO}/skill/fine,skill/competence,sector-specific,trække fin tråd,\n"
    ),
    "occupationSkillRelations_v9.9.csv": (
        "occupationUri,relationType,skillType,skillUri\n"
        f"{ESCO}/occupation/wire,essential,skill/competence,{ESCO}/skill/wire\n"
        f"{ESCO}/occupation/wire,essential,skill/competence,{ESCO}/skill/metal\n"
        f"{ESCO}/occupation/rope,essential,skill/competence,{ESCO}/skill/wire\n"
        f"{ESCO}/occupation/net,essential,skill/competence,{ESCO}/skill/wire\n"
        f"{ESCO}/occupation/rope,optional,skill/competence,{ESCO}/skill/unknown\n"
    ),
    "broaderRelationsSkillPillar_v9.9.csv": (
        "conceptType,conceptUri,broaderType,broaderUri\n"
        f"KnowledgeSkillCompetence,{ESCO}/skill/fine,KnowledgeSkillCompetence,{ESCO}/skill/wire\n"
    ),
    "star.csv": (
        "star_uri,level,national_code,isco4,title_da\n"
        f"{STAR}/wire,escostar_titel,8121.1,8121,Trådtrækker\n"
        f"{STAR}/bell,escostar_titel,7319.1,7319,Klokkestøber\n"
        f"{STAR}/group,isco_gruppe,8121,8121,Arbejde med metal\n"
    ),
}


def a_folder(folder: Path, **instead: str | None) -> Path:
    """The files in `folder`; `instead` by the first word of a name: other text, or none."""
    folder.mkdir(exist_ok=True)
    for name, text in FILES.items():
        told = instead.get(name.partition("_")[0].partition(".")[0], text)
        if told is not None:
            (folder / name).write_text(told, encoding="utf-8")
    return folder
