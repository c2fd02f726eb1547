"""One sentence in each of the languages that the print is made for, most of them the beginning of the Universal
Declaration of Human Rights, and a document of them all."""

from konzept.dokument import baum

SAETZE = {
    "Deutsch": "Alle Menschen sind frei und gleich an Würde und Rechten geboren.",
    "Amharisch": "የሰው፡ልጅ፡ሁሉ፡ሲወለድ፡ነጻና፡በክብርና፡በመብትም፡እኩልነት፡ያለው፡ነው።",
    "Tigrinya": "ብመንፅር ክብርን መሰልን ኩሎም ሰባት እንትውለዱ ነፃን ማዕሪን እዮም።",
    "Arabisch": "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق.",
    "Persisch": "تمام افراد بشر آزاد به دنیا می\u200cآیند و از لحاظ حیثیت و حقوق با هم برابرند.",
    "Urdu": "تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔",
    "Sorani": "ھەموو مرۆڤەکان بە ئازادی و بە ڕێز و مافی یەکسانەوە لە دایک دەبن.",
    "Paschtu": "ټول انسانان آزاد نړۍ ته راځي او د حيثيت او حقوقو له پلوه سره برابر دي.",
    "Hebräisch": "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.",
    "Armenisch": "Բոլոր մարդիկ ծնվում են ազատ ու հավասար իրենց արժանապատվությամբ ու իրավունքներով։",
    "Georgisch": "ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით.",
    "Ukrainisch": "Всі люди народжуються вільними і рівними у своїй гідності та правах.",
    "Griechisch": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.",
    "Vietnamesisch": "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền.",
    "Hindi": "सभी मनुष्यों को गौरव और अधिकारों के विषय में जन्मजात स्वतन्त्रता और समानता प्राप्त है।",
    "Bengali": "সমস্ত মানুষ স্বাধীনভাবে সমান মর্যাদা এবং অধিকার নিয়ে জন্মগ্রহণ করে।",
    "Panjabi": "ਸਾਰਾ ਮਨੁੱਖੀ ਪਰਿਵਾਰ ਆਪਣੀ ਮਹਿਮਾ, ਸ਼ਾਨ ਅਤੇ ਹੱਕਾਂ ਦੇ ਪੱਖੋਂ ਜਨਮ ਤੋਂ ਹੀ ਆਜ਼ਾਦ ਹੈ।",
    "Gujarati": "પ્રતિષ્ઠા અને અધિકારોની દૃષ્ટિએ સર્વ માનવો જન્મથી સ્વતંત્ર અને સમાન હોય છે.",
    "Tamil": "மனிதப் பிறிவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்.",
    "Telugu": "ప్రతిపత్తిస్వత్వముల విషయమున మానవులెల్లరును జన్మతః స్వతంత్రులును సమానులును నగుదురు.",
    "Kannada": "ಎಲ್ಲಾ ಮಾನವರೂ ಸ್ವತಂತ್ರರಾಗಿಯೇ ಜನಿಸಿದ್ದಾರೆ.",
    "Malayalam": "മനുഷ്യരെല്ലാവരും തുല്യാവകാശങ്ങളോടും അന്തസ്സോടും സ്വാതന്ത്ര്യത്തോടുംകൂടി ജനിച്ചിട്ടുള്ളവരാണ്.",
    "Singhalesisch": "සියලු මනුෂ්\u200dයයෝ නිදහස්ව උපත ලබා ඇත. ගරුත්වයෙන් හා අයිතිවාසිකම්වලින් සමාන වෙති.",
    "Thai": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ",
    "Khmer": "មនុស្សទាំងអស់ កើតមកមានសេរីភាព និងសមភាព ក្នុងផ្នែកសេចក្ដីថ្លៃថ្នូរនិងសិទ្ធិ។",
    "Birmanisch": "လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် လည်းကောင်း မွေးဖွားလာသူများ ဖြစ်သည်။",
    "Aramäisch": "ܟܠ ܒܪܢܫܐ ܒܪܝܠܗ ܚܐܪܐ ܘܒܪܒܪ ܓܘ ܐܝܩܪܐ ܘܙܕܩܐ.",
    "Laotisch": "ມະນຸດທຸກຄົນເກີດມາມີສິດເສລີພາບ.",
}
NACH_LINKS = ("Arabisch", "Persisch", "Urdu", "Sorani", "Paschtu", "Hebräisch", "Aramäisch")


def in_allen_sprachen() -> baum.Dokument:
    """A chapter with each sentence, plain and bold; one that is called and written in Arabic, with a table."""
    absaetze = [_absatz(nummer, satz) for nummer, satz in enumerate(SAETZE.values(), start=1)]
    punkte = tuple(baum.Handlungsziel(anker=f"handlungsziel-{i}", rn=90 + i, nummer=str(i), titel=SAETZE[sprache])
                   for i, sprache in enumerate(("Tigrinya", "Urdu"), start=1))  # fmt: skip
    massnahme = baum.Massnahme(
        anker="massnahme-1",
        rn=99,
        nummer="1",
        kennung="2-1",
        titel=SAETZE["Persisch"],
        text=(_absatz(0, SAETZE["Paschtu"]), _absatz(0, SAETZE["Deutsch"])),
        beteiligte=(baum.Beteiligter(kurz="ሰላም"), baum.Beteiligter(kurz="محمد علي", federfuehrend=True)),
    )
    tabelle = baum.Massnahmentabelle(abschnitte=(baum.Tabellenabschnitt(titel="", massnahmen=(massnahme,)),))
    gemischt = baum.Absatz(rn=98, laeufe=(baum.Lauf(text="Der Gruß مرحبا بكم steht im Satz (Nr. 12)."),))
    return baum.Dokument(
        kommune=baum.Kommune(slug="o", name="Stadt O", kurzname="O", art="stadt"),
        slug="k",
        titel="Alle Menschen",
        kapitel=(
            baum.Kapitel(anker="abschnitt-1", nummer="1", titel="Sprachen", teile=tuple(absaetze)),
            baum.Kapitel(
                anker="abschnitt-2",
                nummer="2",
                titel="كلنا متساوون",
                teile=(gemischt, baum.Zielbaum(handlungsziele=punkte), tabelle),
            ),
        ),
    )


def _absatz(rn: int, satz: str) -> baum.Absatz:
    return baum.Absatz(rn=rn, laeufe=(baum.Lauf(text=satz), baum.Lauf(text=f" {satz}", fett=True)))
