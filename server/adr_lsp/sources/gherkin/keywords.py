"""The words that begin a section in Gherkin, in every language that Cucumber speaks.

For each: those of features, rules, scenarios (outlines among them), and of examples, backgrounds.
"""

from __future__ import annotations

_SAID = """\
af: Funksie | Besigheid Behoefte | Vermoë; Reël | Reel; Voorbeeld | Situasie | Situasie
  Uiteensetting; Voorbeelde; Agtergrond
am: Ֆունկցիոնալություն | Հատկություն; Rule; Օրինակ | Սցենար | Սցենարի կառուցվացքը; Օրինակներ;
  Կոնտեքստ
amh: ስራ | የተፈለገው ስራ | የሚፈለገው ድርጊት; ህግ; ምሳሌ | ሁናቴ | ሁናቴ ዝርዝር | ሁናቴ አብነት; ምሳሌዎች | ሁናቴዎች; ቅድመ ሁኔታ |
  መነሻ | መነሻ ሀሳብ
an: Caracteristica; Rule; Eixemplo | Caso | Esquema del caso; Eixemplos; Antecedents
ar: خاصية; Rule; مثال | سيناريو | سيناريو مخطط; امثلة; الخلفية
ast: Carauterística; Rule; Exemplo | Casu | Esbozu del casu; Exemplos; Antecedentes
az: Özəllik; Rule; Nümunə | Ssenari | Ssenarinin strukturu; Nümunələr; Keçmiş | Kontekst
be: Функцыянальнасць | Фіча; Правілы; Сцэнарый | Cцэнар | Шаблон сцэнарыя | Узор сцэнара;
  Прыклады; Кантэкст
bg: Функционалност; Правило; Пример | Сценарий | Рамка на сценарий; Примери; Предистория
bm: Fungsi; Rule; Senario | Situasi | Keadaan | Kerangka Senario | Kerangka Situasi | Kerangka
  Keadaan | Garis Panduan Senario; Contoh; Latar Belakang
bs: Karakteristika; Rule; Primjer | Scenariju | Scenario | Scenariju-obris | Scenario-outline;
  Primjeri; Pozadina
ca: Característica | Funcionalitat; Rule; Exemple | Escenari | Esquema de l'escenari; Exemples;
  Rerefons | Antecedents
cs: Požadavek; Pravidlo; Příklad | Scénář | Náčrt Scénáře | Osnova scénáře; Příklady; Pozadí |
  Kontext
cy-GB: Arwedd; Rule; Enghraifft | Scenario | Scenario Amlinellol; Enghreifftiau; Cefndir
da: Egenskab; Regel; Eksempel | Scenarie | Abstrakt Scenario; Eksempler; Baggrund
de: Funktionalität | Funktion; Rule | Regel; Beispiel | Szenario | Szenariogrundriss |
  Szenarien; Beispiele; Grundlage | Hintergrund | Voraussetzungen | Vorbedingungen
el: Δυνατότητα | Λειτουργία; Rule; Παράδειγμα | Σενάριο | Περιγραφή Σεναρίου | Περίγραμμα
  Σεναρίου; Παραδείγματα | Σενάρια; Υπόβαθρο
em: 📚; Rule; 🥒 | 📕 | 📖; 📓; 💤
en: Feature | Business Need | Ability; Rule; Example | Scenario | Scenario Outline | Scenario
  Template; Examples | Scenarios; Background
en-Scouse: Feature; Rule; The thing of it is | Wharrimean is; Examples; Dis is what went down
en-au: Pretty much; Rule; Awww, look mate | Reckon it's like; You'll wanna; First off
en-lol: OH HAI; Rule; MISHUN | MISHUN SRSLY; EXAMPLZ; B4
en-old: Hwaet | Hwæt; Rule; Swa | Swa hwaer swa | Swa hwær swa; Se the | Se þe | Se ðe; Aer | Ær
en-pirate: Ahoy matey!; Rule; Heave to | Shiver me timbers; Dead men tell no tales; Yo-ho-ho
en-tx: This ain’t my first rodeo | All gussied up; Rule; All hat and no cattle | Serious as a
  snake bite | Busy as a hound in flea season; Now that's a story longer than a cattle drive in
  July; Lemme tell y'all a story
eo: Trajto; Regulo; Ekzemplo | Scenaro | Kazo | Konturo de la scenaro | Skizo | Kazo-skizo;
  Ekzemploj; Fono
es: Característica | Necesidad del negocio | Requisito; Regla | Regla de negocio; Ejemplo |
  Escenario | Esquema del escenario; Ejemplos; Antecedentes
et: Omadus; Reegel; Juhtum | Stsenaarium | Raamjuhtum | Raamstsenaarium; Juhtumid; Taust
fa: ویژگی | قابلیت; قانون; مثال | سناریو | الگوی سناریو; نمونه ها; زمینه | پیش زمینه | مقدمات
fi: Ominaisuus; Rule; Tapaus | Tapausaihio; Tapaukset; Tausta
fr: Fonctionnalité; Règle; Exemple | Scénario | Plan du scénario | Plan du Scénario; Exemples;
  Contexte
ga: Gné; Riail; Sampla | Cás | Cás Achomair; Samplaí; Cúlra
gj: લક્ષણ | વ્યાપાર જરૂર | ક્ષમતા; નિયમ; ઉદાહરણ | સ્થિતિ | પરિદ્દશ્ય રૂપરેખા | પરિદ્દશ્ય ઢાંચો;
  ઉદાહરણો; બેકગ્રાઉન્ડ
gl: Característica; Rule; Exemplo | Escenario | Esbozo do escenario; Exemplos; Contexto
he: תכונה; כלל; דוגמא | תרחיש | תבנית תרחיש; דוגמאות; רקע
hi: रूप लेख; नियम; परिदृश्य | परिदृश्य रूपरेखा; उदाहरण; पृष्ठभूमि
hr: Osobina | Mogućnost | Mogucnost; Rule; Primjer | Scenarij | Skica | Koncept; Primjeri |
  Scenariji; Pozadina
ht: Karakteristik | Mak | Fonksyonalite; Rule; Senaryo | Plan senaryo | Plan Senaryo | Senaryo
  deskripsyon | Senaryo Deskripsyon | Dyagram senaryo | Dyagram Senaryo; Egzanp; Kontèks |
  Istorik
hu: Jellemző; Szabály; Példa | Forgatókönyv | Forgatókönyv vázlat; Példák; Háttér
id: Fitur; Rule | Aturan; Skenario | Skenario konsep | Garis-Besar Skenario; Contoh | Misal;
  Dasar | Latar Belakang
is: Eiginleiki; Rule; Atburðarás | Lýsing Atburðarásar | Lýsing Dæma; Dæmi | Atburðarásir;
  Bakgrunnur
it: Funzionalità | Esigenza di Business | Abilità; Regola; Esempio | Scenario | Schema dello
  scenario; Esempi; Contesto
ja: フィーチャ | 機能; ルール; シナリオ | シナリオアウトライン | シナリオテンプレート | テンプレ |
  シナリオテンプレ; 例 |
  サンプル; 背景
jv: Fitur; Rule; Skenario | Konsep skenario; Conto | Contone; Dasar
ka: თვისება | მოთხოვნა; წესი; მაგალითად | მაგალითი | მაგ | სცენარი | სცენარის ნიმუში | სცენარის
  შაბლონი | ნიმუში | შაბლონი; მაგალითები; კონტექსტი
kn: ಹೆಚ್ಚಳ; Rule; ಉದಾಹರಣೆ | ಕಥಾಸಾರಾಂಶ | ವಿವರಣೆ; ಉದಾಹರಣೆಗಳು; ಹಿನ್ನೆಲೆ
ko: 기능; 규칙; 시나리오 | 시나리오 개요; 예; 배경
lt: Savybė; Rule; Pavyzdys | Scenarijus | Scenarijaus šablonas; Pavyzdžiai | Scenarijai |
  Variantai; Kontekstas
lu: Funktionalitéit; Rule; Beispill | Szenario | Plang vum Szenario; Beispiller; Hannergrond
lv: Funkcionalitāte | Fīča; Rule; Piemērs | Scenārijs | Scenārijs pēc parauga; Piemēri |
  Paraugs; Konteksts | Situācija
mk-Cyrl: Функционалност | Бизнис потреба | Можност; Rule; Пример | Сценарио | На пример |
  Преглед на сценарија | Скица | Концепт; Примери | Сценарија; Контекст | Содржина
mk-Latn: Funkcionalnost | Biznis potreba | Mozhnost; Rule; Scenario | Na primer | Pregled na
  scenarija | Skica | Koncept; Primeri | Scenaria; Kontekst | Sodrzhina
ml: സവിശേഷത; നിയമം; രംഗം | സാഹചര്യത്തിന്റെ രൂപരേഖ; ഉദാഹരണങ്ങൾ; പശ്ചാത്തലം
mn: Функц | Функционал; Rule; Сценар | Сценарын төлөвлөгөө; Тухайлбал; Агуулга
mr: वैशिष्ट्य | सुविधा; नियम; परिदृश्य | परिदृश्य रूपरेखा; उदाहरण; पार्श्वभूमी
ne: सुविधा | विशेषता; नियम; परिदृश्य | परिदृश्य रूपरेखा; उदाहरण | उदाहरणहरु; पृष्ठभूमी
nl: Functionaliteit; Regel; Voorbeeld | Scenario | Abstract Scenario; Voorbeelden; Achtergrond
no: Egenskap; Regel; Eksempel | Scenario | Scenariomal | Abstrakt Scenario; Eksempler; Bakgrunn
pa: ਖਾਸੀਅਤ | ਮੁਹਾਂਦਰਾ | ਨਕਸ਼ ਨੁਹਾਰ; Rule; ਉਦਾਹਰਨ | ਪਟਕਥਾ | ਪਟਕਥਾ ਢਾਂਚਾ | ਪਟਕਥਾ ਰੂਪ ਰੇਖਾ;
  ਉਦਾਹਰਨਾਂ; ਪਿਛੋਕੜ
pl: Właściwość | Funkcja | Aspekt | Potrzeba biznesowa; Zasada | Reguła; Przykład | Scenariusz |
  Szablon scenariusza; Przykłady; Założenia
pt: Funcionalidade | Característica | Caracteristica; Regra; Exemplo | Cenário | Cenario |
  Esquema do Cenário | Esquema do Cenario | Delineação do Cenário | Delineacao do Cenario;
  Exemplos | Cenários | Cenarios; Contexto | Cenário de Fundo | Cenario de Fundo | Fundo
ro: Functionalitate | Funcționalitate | Funcţionalitate; Rule; Exemplu | Scenariu | Structura
  scenariu | Structură scenariu; Exemple; Context
ru: Функция | Функциональность | Функционал | Свойство | Фича; Правило; Пример | Сценарий |
  Структура сценария | Шаблон сценария; Примеры | Значения; Предыстория | Контекст
sk: Požiadavka | Funkcia | Vlastnosť; Rule; Príklad | Scenár | Náčrt Scenáru | Náčrt Scenára |
  Osnova Scenára; Príklady; Pozadie
sl: Funkcionalnost | Funkcija | Možnosti | Moznosti | Lastnost | Značilnost; Rule; Primer |
  Scenarij | Struktura scenarija | Skica | Koncept | Oris scenarija | Osnutek; Primeri |
  Scenariji; Kontekst | Osnova | Ozadje
sr-Cyrl: Функционалност | Могућност | Особина; Правило; Сценарио | Пример | Структура сценарија
  | Скица | Концепт; Примери | Сценарији; Контекст | Основа | Позадина
sr-Latn: Funkcionalnost | Mogućnost | Mogucnost | Osobina; Pravilo; Scenario | Primer |
  Struktura scenarija | Skica | Koncept; Primeri | Scenariji; Kontekst | Osnova | Pozadina
sv: Egenskap; Regel; Scenario | Abstrakt Scenario | Scenariomall; Exempel; Bakgrund
ta: அம்சம் | வணிக தேவை | திறன்; Rule; உதாரணமாக | காட்சி | காட்சி சுருக்கம் | காட்சி வார்ப்புரு;
  எடுத்துக்காட்டுகள் | காட்சிகள் | நிலைமைகளில்; பின்னணி
te: గుణము; Rule; ఉదాహరణ | సన్నివేశం | కథనం; ఉదాహరణలు; నేపథ్యం
th: โครงหลัก | ความต้องการทางธุรกิจ | ความสามารถ; Rule; เหตุการณ์ | สรุปเหตุการณ์ |
  โครงสร้างของเหตุการณ์; ชุดของตัวอย่าง | ชุดของเหตุการณ์; แนวคิด
tlh: Qap | Qu'meH 'ut | perbogh | poQbogh malja' | laH; Rule; lut | lut chovnatlh; ghantoH |
  lutmey; mo'
tr: Özellik | İş Gereksinimi | Gereksinim | İşlev | Kullanıcı Hikayesi | Yetenek | Teknik
  Gereksinim; Kural | İş Kuralı | Kaide | Hüküm | Madde; Örnek | Senaryo | Durum | Vaka |
  Senaryo taslağı | Senaryo şablonu; Örnekler | Değerler; Geçmiş | Arka Plan | Ön Koşul |
  Önkoşul | Önceki Durum | Giriş | Mukaddime | Mevcut Durum
tt: Мөмкинлек | Үзенчәлеклелек; Rule; Сценарий | Сценарийның төзелеше; Үрнәкләр | Мисаллар;
  Кереш
uk: Функціонал; Rule; Приклад | Сценарій | Структура сценарію; Приклади; Передумова
ur: صلاحیت | کاروبار کی ضرورت | خصوصیت; Rule; منظرنامہ | منظر نامے کا خاکہ; مثالیں; پس منظر
uz: Функционал; Rule; Сценарий | Сценарий структураси; Мисоллар; Тарих
vi: Tính năng; Quy tắc; Tình huống | Kịch bản | Khung tình huống | Khung kịch bản; Dữ liệu; Bối
  cảnh
zh-CN: 功能; Rule | 规则; 场景 | 剧本 | 场景大纲 | 剧本大纲; 例子; 背景
zh-TW: 功能; Rule; 場景 | 劇本 | 場景大綱 | 劇本大綱; 例子; 背景
"""
KINDS = ("feature", "rule", "scenario", "examples", "background")


def keywords(language: str) -> dict[str, str]:
    """The kind of section that each word begins; English where the language is not known."""
    said = _BY_LANGUAGE.get(language) or _BY_LANGUAGE["en"]
    groups = zip(KINDS, said.split(";"), strict=True)
    return {word.strip(): kind for kind, words in groups for word in words.split("|")}


def _split(said: str) -> dict[str, str]:
    """Each language by its name; a line that begins with spaces goes on with the one above."""
    entries = said.replace("\n  ", " ").splitlines()
    return {name: words for name, _, words in (entry.partition(": ") for entry in entries)}


_BY_LANGUAGE = _split(_SAID)
