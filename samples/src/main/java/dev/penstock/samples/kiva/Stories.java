package dev.penstock.samples.kiva;

import java.util.List;
import java.util.SplittableRandom;

/** Texts of borrowers in several languages and scripts, put together from sentences. */
record Stories(
    String language,
    List<String> countries,
    List<String> currencies,
    List<String> names,
    List<String> openings,
    List<String> middles,
    List<String> endings) {

  static final List<Stories> ALL =
      List.of(
          new Stories(
              "English",
              List.of("PH", "UG", "GH"),
              List.of("PHP", "UGX", "GHS"),
              List.of("Grace", "Joseph", "Mary Ann", "Esther's Group", "Samuel"),
              List.of(
                  "I opened my shop seven years ago with two shelves and one customer, my aunt.",
                  "Every morning before five the oven is hot, and the street knows it.",
                  "My husband fishes, I sell; \"together we are one company\", he says."),
              List.of(
                  "The rains came late, so prices rose, and what I buy now costs more.",
                  "With the last loan I bought a freezer; it was paid back early.",
                  "School fees for three children are due in January, June and September."),
              List.of("Thank you for reading this far!", "God bless, and come and visit us.")),
          new Stories(
              "Spanish",
              List.of("PE", "EC", "NI"),
              List.of("PEN", "USD", "NIO"),
              List.of("María José", "Ángel", "Begoña", "Grupo Mañana", "Íñigo"),
              List.of(
                  "Vendo verduras en el mercado desde niña; mi mamá me enseñó a pesar y a sonreír.",
                  "Tejo chompas de alpaca, ¡cada una distinta!, y las mando a la ciudad.",
                  "Mi taller cabe en un patio: una máquina, una silla y la radio."),
              List.of(
                  "Con el préstamo compraré hilo, aguja y un motor que no se queme en verano.",
                  "El año pasado perdí la cosecha por la sequía, y aún así pagué cada cuota.",
                  "Quiero que mi hija termine la escuela; ella dice «seré ingeniera»."),
              List.of("Muchas gracias por su confianza.", "¡Un abrazo desde la sierra!")),
          new Stories(
              "French",
              List.of("SN", "TG", "ML"),
              List.of("XOF", "XOF", "XOF"),
              List.of("Aïssatou", "Koffi", "Geneviève", "Groupe Espérance"),
              List.of(
                  "Depuis l'âge de quinze ans, je couds des robes pour les fêtes du quartier.",
                  "Notre coopérative réunit onze femmes, deux ânes et un moulin."),
              List.of(
                  "Le tissu coûte cher à la ville ; acheté en gros, il me laisse une marge.",
                  "J'ai remboursé mon premier prêt, puis le deuxième, sans un jour de retard."),
              List.of("Merci du fond du cœur.", "À bientôt, si Dieu le veut !")),
          new Stories(
              "Russian",
              List.of("KG", "TJ"),
              List.of("KGS", "TJS"),
              List.of("Айгуль", "Наталья", "Рустам", "Группа «Надежда»"),
              List.of(
                  "Мы держим коров у подножия гор, и молоко у нас густое, как сметана.",
                  "Я шью шторы дома, а муж развозит их на старой «Ниве»."),
              List.of(
                  "На эти деньги мы купим корм на зиму и починим крышу хлева.",
                  "Сын учится в городе, дочь помогает мне по вечерам."),
              List.of("Спасибо вам большое!", "Будьте здоровы и приезжайте в гости.")),
          new Stories(
              "Arabic",
              List.of("JO", "PS", "IQ"),
              List.of("JOD", "ILS", "IQD"),
              List.of("فاطمة", "خالد", "مريم", "مجموعة الأمل"),
              List.of(
                  "أعمل في تربية النحل منذ عشر سنوات، وأبيع العسل في سوق القرية.",
                  "افتتحتُ محلًا صغيرًا للخياطة في غرفة من بيتي."),
              List.of(
                  "أحتاج إلى خلايا جديدة قبل الربيع، وإلى عبوات زجاجية نظيفة.",
                  "سأشتري ماكينة أسرع، وأوظّف جارتي معي."),
              List.of("شكرًا لكم من القلب.", "نتمنى لكم الخير والسلام.")),
          new Stories(
              "Khmer",
              List.of("KH"),
              List.of("KHR"),
              List.of("សុខា", "ចាន់ធី", "ក្រុមសាមគ្គី"),
              List.of(
                  "ខ្ញុំធ្វើស្រែ និងចិញ្ចឹមត្រីនៅជិតទន្លេ។",
                  "ខ្ញុំលក់បាយនៅមុខសាលារៀនជារៀងរាល់ព្រឹក។"),
              List.of("ខ្ញុំត្រូវការទិញជី និងជួសជុលម៉ាស៊ីនបូមទឹក។", "កូនរបស់ខ្ញុំពីរនាក់កំពុងរៀន។"),
              List.of("សូមអរគុណ។", "សូមជូនពរឱ្យមានសុខភាពល្អ។")),
          new Stories(
              "Swahili",
              List.of("KE", "TZ"),
              List.of("KES", "TZS"),
              List.of("Wanjiru", "Juma", "Neema", "Kikundi cha Umoja"),
              List.of(
                  "Nina ng'ombe wawili na shamba dogo la mahindi karibu na mto.",
                  "Nauza mboga sokoni kila siku, kuanzia alfajiri hadi jioni."),
              List.of(
                  "Mkopo huu utanisaidia kununua mbegu, mbolea, na tangi la maji.",
                  "Watoto wangu watatu wako shuleni, nao wananisaidia baada ya masomo."),
              List.of("Asanteni sana!", "Karibuni nyumbani kwetu.")),
          new Stories(
              "Chinese",
              List.of("CN", "MN"),
              List.of("CNY", "MNT"),
              List.of("王秀英", "李建国", "张家小组"),
              List.of("我在村口开了一家小面馆，早上四点就起来和面。", "我们家养蜂已经三代了，春天追着花走。"),
              List.of("这笔钱用来买冰柜和两张桌子，夏天可以多卖凉面。", "去年下大雪，路断了半个月，蜜卖不出去。"),
              List.of("谢谢您！", "欢迎来尝尝我家的面🍜。")),
          new Stories(
              "Hindi",
              List.of("IN", "NP"),
              List.of("INR", "NPR"),
              List.of("सुनीता", "रमेश", "उमा देवी", "आशा समूह"),
              List.of(
                  "मैं अपने गाँव में दूध बेचती हूँ, और शाम को सिलाई करती हूँ।",
                  "हमारी दुकान छोटी है, पर यहाँ सब कुछ मिलता है।"),
              List.of(
                  "इस ऋण से मैं एक और भैंस और चारा खरीदूँगी।",
                  "बारिश में छत टपकती है, इसलिए माल खराब हो जाता है।"),
              List.of("आपका बहुत धन्यवाद।", "भगवान आपका भला करे।")));

  /** A description of several lines; every eighth has Windows line ends inside. */
  String story(SplittableRandom random) {
    String lineEnd = random.nextInt(8) == 0 ? "\r\n" : "\n";
    return pick(openings, random)
        + lineEnd
        + pick(middles, random)
        + lineEnd
        + lineEnd
        + pick(endings, random);
  }

  /** The name of a borrower. */
  String name(SplittableRandom random) {
    return pick(names, random);
  }

  static <T> T pick(List<T> list, SplittableRandom random) {
    return list.get(random.nextInt(list.size()));
  }
}
