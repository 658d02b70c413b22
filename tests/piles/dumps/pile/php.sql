DROP TABLE IF EXISTS `patients`;

CREATE TABLE `patients` (
  `nom` varchar(255) DEFAULT NULL,
  `prenom` varchar(255) DEFAULT NULL,
  `date_naissance` varchar(255) DEFAULT NULL,
  `num_secu` varchar(255) DEFAULT NULL,
  `adresse` varchar(255) DEFAULT NULL,
  `code_postal` varchar(255) DEFAULT NULL,
  `ville` varchar(255) DEFAULT NULL,
  `telephone` varchar(255) DEFAULT NULL,
  `courriel` varchar(255) DEFAULT NULL,
  `iban` varchar(255) DEFAULT NULL
) ENGINE=MyISAM;

INSERT INTO `patients` VALUES("Araujo","Lilouan","27/08/1961","2 61 08 97 287 163 03","181 bis boulevard des rossignols","58310","Rémilly","01 99 00 11 21","lilouan-davy.p0@laboratoire.example.org","FR7636440327291461888462195");
INSERT INTO `patients` VALUES("AA","Jean-Serif","17/11/1954","154118770301918","86 impasse des alouettes","24610","Villefranche-de-Lonchat","02 61 91 46 92","jean-serif.aa.p1@example.com","FR76 3533 0359 7633 9225 6446 036");
INSERT INTO `patients` VALUES("TIRLEMONT","Maurice","04/04/2000","100040953273947","100 avenue des lilas","35220","Plerguer","+33 3 53 01 82 63","MAURICE_TIRLEMONT.P2@EXAMPLE.NET","NI33 TDVA 6516 2878 7409 3154 6197");
INSERT INTO `patients` VALUES("FUSTIE","Jauffrey","27/01/1988","288012681077690","143 allee des alouettes","51480","Chigny-les-Roses","+33 4 65 71 18 34","jauffrey_hamon.p3@mail.example.com","FR7637400698144687214378894");
INSERT INTO `patients` VALUES("BOULARD","LUCRECE","01/06/2007","207068030584610","107 rue des lavoirs","42350","Pélussin","0033536495405","lucrece-boulard.p4@mail.example.com","FR7637151488817521597299117");
INSERT INTO `patients` VALUES("Knockaert","Isaure","19/10/1954","154107605699413","94 route des cerisiers","27190","Le Tronquay","0033199009040","isaure_knockaert.p5@example.net","FR76 3323 8947 8552 9036 2041 886");
INSERT INTO `patients` VALUES("REBUFFE-DUTHION","Arjan","28/08/1959","259083829135378","126 impasse des tilleuls","91160","Authon-la-Plaine","02-61-91-26-11","arjan-guesnerie.p6@example.org","FR7636625155263011366860042");
INSERT INTO `patients` VALUES("DAUMUR","Florient","09/08/2013","2 13 08 16 252 539 75","146 route des coquelicots","51390","Auménancourt","0033353016182","florient_daumur.p7@mail.example.com","FR7631144425154984981712083");
INSERT INTO `patients` VALUES("FERRIRE","Islem","20/01/1976","176014061142971","73 avenue des coteaux","89470","Viviers","0465719753","islem.ferrire.p8@example.org","AL89 9242 1147 4712 6231 2004 1049");
INSERT INTO `patients` VALUES("FORNT","Mélanie","27/05/2017","117057714974848","8 avenue des vergers","24150","Savignac-de-Nontron","05 36 49 33 24","melanie-fornt.p9@example.com","FR7619594068722090280101928");
INSERT INTO `patients` VALUES("UZOLS","Myrah","17/08/1939","1 39 08 67 651 510 83","109 chemin des tisserands","97316","Saül","01-99-00-69-59","myrah_uzols.p10@example.com","FR7642407528052088310519202");
INSERT INTO `patients` VALUES("DELOMEZ","Asif","17/04/1930","130047609928527","77 avenue des alouettes","59265","Mons-en-Barœul","0261910530","ASIF.DELOMEZ.P11@EXAMPLE.NET","FR7611682773006963116089524");
INSERT INTO `patients` VALUES("KWANG","Raymond","26/06/1976","2 76 06 29 010 977 32","61 chemin des bateliers","84300","Roussillon","03-53-01-41-01","raymond-riteau.p12@example.org","FR7622464263179077496697660");
INSERT INTO `patients` VALUES("BOZIER-FRAS","Geraldine","17/04/1944","144043295255979","88 avenue des prairies","55100","Loupmont","0033465717672","geraldine_bozier-fras.p13@example.net","FR7610263529560759291455834");
INSERT INTO `patients` VALUES("Claussin","Sabri","02/06/2009","109062759666819","9 avenue des potiers","32370","Aux-Aussat","05-36-49-12-43","sabri.claussin.p14@mail.example.com","FR7615836825244756994389153");
INSERT INTO `patients` VALUES("TICHA","Eyrian-Gweltaz","02/05/1932","232052759993422","67 bis route des carriers","07610","Labeaume","01-99-00-48-78","eyrian-gweltaz.ledee.p15@laboratoire.example.org","ME27 8397 5659 0611 7012 95");
INSERT INTO `patients` VALUES("NEVES-GABEULET","Gratienne","17/06/2018","1 18 06 15 550 740 16","144 allee des coteaux","64360","Montagut","+33 2 61 91 84 49","gratienne.neves-gabeulet.p16@example.com","FR7634044388647155894832461");
INSERT INTO `patients` VALUES("SANGROUBER","Come","07/10/1979","179103560430156","75 place des fontaines","60860","Bacouël","+33353012020","come_sangrouber.p17@example.net","DK64 7846 9112 9428 10");
INSERT INTO `patients` VALUES("ZOUGGARET","Lenais","23/11/2003","103116952284244","62 allee des coquelicots","79220","Courlay","+33465715591","lenais.zouggaret.p18@example.org","FR76 4390 8580 6512 9744 5615 045");
INSERT INTO `patients` VALUES("FORNT","Mélanie","27/05/2017","117057714974848","8 avenue des vergers","24150","Savignac-de-Nontron","0536493324","melanie-fornt.p9@example.com","FR7619594068722090280101928");
INSERT INTO `patients` VALUES("HIMY","Firmin","26/02/2005","105026978324934","147 avenue des coteaux","20247","Ville-di-Pietrabugno","+33 1 99 00 27 97","firmin-himy.p20@mail.example.com","FR7627041370424099508486637");
INSERT INTO `patients` VALUES("LERMOYER","Zayn","17/02/1955","155027268049853","102 route des alouettes","70440","Ronchamp","+33261916368","zayn_lermoyer.p21@example.org","AE670926443561196498883");
INSERT INTO `patients` VALUES("RABASTIN","Axel","12/03/2008","208033439980723","142 bis rue des hirondelles","14730","La Rivière-Saint-Sauveur","03-53-01-99-39","axel-denouail.p22@example.org","FR76 1897 1661 1192 9271 9985 534");
INSERT INTO `patients` VALUES("Mazenod","Anicet","20/08/1978","1 78 08 32 116 917 16","61 rue des tanneurs","91270","Le Plessis-Pâté","0033465713510","anicet.mazenod.p23@mail.example.com","FR7641590727548792194929527");
INSERT INTO `patients` VALUES("AUXENFANTS","Maiana","01/07/2001","101070871088222","163 boulevard des glycines","63116","Billom","0033536497081","maiana-auxenfants.p24@example.com","BA668157352818284723");
INSERT INTO `patients` VALUES("WALENDOWSKI","ILKNUR","21/04/1998","198041712061049","13 rue des vergers","73220","Tresserve","01 99 00 07 16","ilknur_walendowski.p25@example.org","FR7629769046907691403368302");
INSERT INTO `patients` VALUES("FAGOT-CHECCHIN","Hermand","18/07/1944","2 44 07 13 713 769 81","197 route des meuniers","25640","Blussans","02.61.91.42.87","hermand-belhami.p26@mail.example.com","FR7629937955225212777221104");
INSERT INTO `patients` VALUES("PATROUILLAULT","Sylvie","17/10/1939","139108803101207","75 place des sources","85310","Saint-Georges-de-Pointindoux","0353017858","sylvie_patrouillault.p27@mail.example.com","FR7623331590094125826399573");
INSERT INTO `patients` VALUES("CLEP","Roger","06/01/2002","102012946090396","2 rue des noisetiers","01320","Saint-Barthélemy","04 65 71 14 29","roger.clep.p28@mail.example.com","FR7643497068823333902260136");
INSERT INTO `patients` VALUES("BEGHOURA","NAÏLA","16/07/2020","120072245167101","106 route des bleuets","85120","La Couture","05-36-49-91-62","naila-beghoura.p19@example.org","AE339308080077672920156");
INSERT INTO `patients` VALUES("Rudloff-Bechmann","LOUIS","26/07/1955","255072394003286","131 impasse des potiers","53290","Daon","+33 1 99 00 86 35","louis-rudloff-bechmann.p30@mail.example.com","FR7614805905587002445883965");
INSERT INTO `patients` VALUES("GUILLINI","CASSIUS","09/05/1984","2 84 05 64 863 387 63","158 boulevard des peupliers","04000","La Brillanne","0261912206","cassius.guillini.p31@example.org","FR7634449333056030790304327");
INSERT INTO `patients` VALUES("MULATERO","Lowenn","26/09/1926","126093452310057","150 rue des potiers","78955","Vieille-Église-en-Yvelines","0353015777","lowenn-mulatero.p32@laboratoire.example.org","FR76 2901 2992 7072 4840 1041 085");
INSERT INTO `patients` VALUES("BERROUA","Laurence","22/01/1961","161016951314645","151 avenue des bleuets","80650","Fréchencourt","0033465719348","laurence_berroua.p33@laboratoire.example.org","FR76 2564 7066 6104 6143 6185 970");
INSERT INTO `patients` VALUES("DARGELOS","Abdesselam","11/02/2000","100027732822659","126 chemin des carriers","95220","Cergy","0033536492919","abdesselam-dargelos.p34@example.org","FR7635192813169173417457592");
INSERT INTO `patients` VALUES("DEBUSNE","Victoire","22/11/2001","101114442518618","117 route des glycines","68150","Guevenatten","01.99.00.65.54","victoire.debusne.p35@example.com","FR7610407221267418579034578");
INSERT INTO `patients` VALUES("Febrero","Djime","20/05/1975","275058407366608","132 allee des tilleuls","33500","Montagoudin","02-61-91-01-25","djime_febrero.p36@example.org","FR7639179265494442431617384");
INSERT INTO `patients` VALUES("Cive","Jameldine","06/05/2013","113053337255180","199 impasse des tisserands","50410","Teurthéville-Hague","03 53 01 36 96","jameldine_cive.p37@example.org","FR76 2601 4941 7523 5262 1639 237");
INSERT INTO `patients` VALUES("GUVENC","Raynald","02/10/1959","259102153264457","82 boulevard des acacias","62152","Sains-lès-Marquion","04-65-71-72-67","raynald-lescuyer.p38@laboratoire.example.org","FR76 1310 4383 7991 6104 6976 496");
INSERT INTO `patients` VALUES("CHANTA","Louise","17/01/1956","1 56 01 90 344 358 22","137 bis chemin des platanes","57740","Gandrange","0536495000","louise-chanta.p29@mail.example.com","FR7622021054454324652591122");
