"""Words of seven languages that are the name of something else elsewhere: data, no logic.

"Hola" is a town in Kenya, "dabei" one of the spellings of Dubai, "nun" is German for "now", "mayor" Spanish for
"older". Found by looking up each language's ordinary words among the names, and weeded by hand: cities that people
there name without "in" ("sueldo enfermera Lima") aren't listed. Words are written folded (lower case, no accents).
"""

from __future__ import annotations

from collections.abc import Mapping

NOT_PLACES: Mapping[str, frozenset[str]] = {
    "de": frozenset(
        """
        adler allen ans apotheke auch aus bank bar bau bla boden bose boses bulle bundes ca dabei dar daran der dort
        eher eisen ende engel engels enger esse favoriten gabe galt gar gera gerat gerne gold haar holt ihren kamen
        keller kern kilo kita klang klar kuche la lage landen leitung mach mai man mark merke mitte mobil muhe mut
        name namen namens ner neubau nich norden normal nur of ofen okay rest roman russe senden sg siegen singen
        soli suss to tor tour trat turen un union ware waren wetter woche zahle zug
        """.split()
    ),
    "es": frozenset(
        """
        alba alegre allende alma alta altos ama aman anda andes apartado area aventura avion azul baja bala banda
        bando barra barras barro bella bla bonito bordo breve burla cabo campamento canta capas capaz caza
        centenario central centro cerro chico chino cine cita colina colonia columna como conquista constancia
        constitucion corona coronel corriente crema cruce custodia damas dano dar dara daran deba delgado diamante
        diamantes dire divino dolores dura dure encantado encanto encontrados ende esquina estancia este estero
        estes estrella extrema federal flores fomento fortuna frances fria frontera fundacion gama gay gente gigante
        gigantes gloria goma gracia granja guapo guarda habra haga hago hay hermosa hilo hola horizonte iba
        independencia indio isla joda justicia kilo la laguna largo latina leer libertad libre libres limon limpio
        lista litros lobos luce luces luz madera mala manda mandan manos mapa marca marco mariana marino marte
        martes mascara medias mesa metro mexicanos milagro miles minas mito montana monte montes morena moreno moro
        mosca mota nacimiento nada narra normal noto obispos obra of onda pacifico paises palacio palo panorama papa
        paraiso pare paredes pares pasaje pasajes pasan paso pasto patrocinio pelotas peste pila placas plano plato
        playas poblacion porta progreso pueblo puto rama ramon ramos reforma registro regla remedios republica
        reserva resistencia retiro rojas ronda rosas rota saco sala sali salta salto san sana sano santuario se
        seria serian serra sido silla socorro soja sola soledad solo sumo sur tabaco tamano tanta tapa tarde tardes
        tarifa taza tela tema tenes tienen tigre tigres tiro to toda toma tomar tome tono torre triunfo tumba un una
        union universidad urbana usan va valen van vaso vena vence ventanas ventas victorias vista
        """.split()
    ),
    "fr": frozenset(
        """
        algerien algeriens ame ames ami ans australien avion avions avons bah baise bal bar bati bec bla bol bornes
        bosse bras bulle ca caire carrefour cela celle celles central cine coin confederation croix date dire dors
        dort durant dure federal fiche fier fiers gants gare gars golfe grasse greve il indiens italien italiens
        jambe jambes la langue langues liberal libre libres mai male manger marchand marchands marches mari maries
        marin marins medias mer met metro mets meurs mission mobile mobiles moche mon monte morale nan nomme nommes
        normal observatoire of pare pari parole paroles pate pates peine peines peste pitie plaisir plaques pose
        racine racines reservoir reunion reunions riches role roles roman rose rouge rouges russe sainte sans se
        serre sert seul seuls situe situes soja sucre sur surprise surs tarde terme termes tete tetes tigre tire
        tires to tome tour trente un va valls viens vin vins vise vite xixe
        """.split()
    ),
    "it": frozenset(
        """
        alba ali alta ama amano amare ami area asse bah banda bando bar barra basi basti bella bello beni bensi bere
        bimbo bla borsa breve cala campana campi canta celle centenario centro chiari cita collo colonia come
        conquista coro corona corrente costi custodia dar dara darsi date devi diamante dire divino dolore donna
        dura dure erba esse este estero faro fate fermo fili fondi fontana fortuna franca gare gay gente gigante
        gloria gode grana guarda hanno ho il la lama largo latina latte lieto lista luce magna mai mala male manda
        mani marca marco mari marina marte massa matto matura meriti mie mila mito monte morale mori moro narra naso
        nata neve noto of onda pace pacifico pali palo panna panorama papa pare pari parla parola parole passi pasto
        patrocinio pensa pensi peste pianura pila pio porta prato propria provo pullman quarto regina regio registro
        rosso russe sala sali salta salto san sana sano santuario se seria serra sete sig soci sola soli solo
        sorriso stella sue tali tanta tassi tela tema tempi terme tigre time tiro to tono torre tour un una urbana
        urla va vada vanta vari vaso vasto vele vena vera vince vinto vista vite voi
        """.split()
    ),
    "nl": frozenset(
        """
        adem adres bal bank bar bende bergen best boden bol bonen boom boze brak bron brons bruggen ca date der
        douane dure duren eisen elk ende engel engels fortuna ga haan haar haren heide hem hof hollands homo hun
        japans jos kanker kant kas kassa keizer ken keren kern kilo koper la lage landen leed leer lid lint maan man
        mark massa men menen met name namen namens nederlands neuken noord of pak puur redding rest schoten sparta
        taal tak thans time to toon tour van veen vele vereniging voerde voren vrede ware waren wel welkom wensen
        wil ze zolder zou
        """.split()
    ),
    "pl": frozenset(
        """
        adam adres ale az bal banda bank banki beda biala bla bo bol boli boze brak bron cala dali dar date dole
        duma fot gore grac gry kara kasa kilo kims kl kocha kolo koni konia kota la lekki lista lotu luz mala male
        mapa marca marka marki matura metra mieso mile moga nich nogi oba obu ode of ono pali panna pare pary
        polonia rade raka rano reforma reka role roli ronda rowne sala sali sam sama same se seria sile soba soli
        tak taki tanca tata to toba toma wola ze zima
        """.split()
    ),
    "pt": frozenset(
        """
        alegre ali alianca alma alta altos ama ame americana amparo anda area areia asia aventura azul bala banda
        bando banho bar barra barras barreira barreiras barro batalha bati beira bela belas bonito bordo breve bunda
        ca cabo cair cala campanha campea canta capas capaz capazes caridade castelo cela cento central centro chama
        chao chato chave chaves chico cine cita colina come como conceicao condado conde conquista contagem coro
        coronel corrente correntes cruzeiro dali damas dano dar dara der dera dessa desse diamante diamantes divino
        dor duma dura encantado encanto encontrados escada esperanca esquina esse este estes estrela extrema federal
        feira flores floresta fortuna frances freire fria gama gay gente gera gigante gigantes gloria graca gracas
        grana greve guarda hino horizonte independencia indio itens jardim la lama lancou lar largo latina liberdade
        lida lido limao linda lista litros lobos loja longa longe luta luzes mala manda manos mao mapa maracana
        maravilha marca marte martins mascara massa matam mataram mau medias mesa mestre mestres metro mexicanos
        milagre milagres mim minas mito moca montanha monte monteiro montes mor mora moram morar morena moro mosca
        mota nada narra neve neves nobre normal obra of oi onda pacifico paises palacio palma papa paraiso pare
        parede paredes pares passos patrocinio pau pedra pegou pensa perto peste piedade pilar pio placas planalto
        plano porta portao posse prado praia prata prato propria provas puto quarto reforma registro remedios
        republica reserva resistencia retiro reuniao rodas ronda rosas rota saco saida sair sala salgado salta salto
        samba san santuario se seria serra sete seul sido sim socorro soja solo soma sorriso sumo tabaco tanta tapa
        tarde tarifa tela tema tendo tera tigre time times tiro to toda toma tomar tome torre triunfo tubarao uniao
        urbana va valle vaso vasto velho vence virar vista ze
        """.split()
    ),
}  # fmt: skip
"""Ordinary words that somewhere are also the name of a place: one only with a capital after “in” (“in Zug”)."""

NOT_TITLES: Mapping[str, frozenset[str]] = {
    "de": frozenset("chef dinger handler netter nun ob ober rechter schilder spieler teller".split()),
    "es": frozenset(
        """
        ambos bancaria bancario conductor ee grafica grafico investigador investigadores mayor padre padres placer
        policial policiales principal rector registrar sea
        """.split()
    ),
    "fr": frozenset(
        """
        aide aides appliquer arranger attendant commandant crier danser divers examiner filer financier financiers
        imposer installer interpreter marine placer porter preparer presenter prete procurer rater sac sacs signaler
        taper tenter tester verifier
        """.split()
    ),
    "it": frozenset("cio fisica medica padre portiere senta".split()),
    "nl": frozenset("hoer japanners masker monteur sneller stemmers ui vet".split()),
    "pl": frozenset("dba ds ministra np ot posty pt rower".split()),
    "pt": frozenset(
        """
        administrativo administrativos ambos assessor bater chefe chefes comercial em gaucho grafica grafico isso
        principal pt registrar senta
        """.split()
    ),
}  # fmt: skip
"""Ordinary words that are a title in English or another language: one only in capitals ("PT")."""
