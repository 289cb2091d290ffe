// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.trace.Row;
import dev.pokecheck.trace.Rows;
import dev.pokecheck.trace.Trace;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The picture of a trace: well formed, of one piece, and with what happened in it. */
class SvgTimelineTest {
    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static Document picture(Pages page) throws Exception {
        return parse(SvgTimeline.of(page.trace(), List.of()));
    }

    private static List<Element> elements(Document document, String name, String style) {
        NodeList nodes = document.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .filter(element ->
                        List.of(element.getAttribute("class").split(" ", -1)).contains(style))
                .toList();
    }

    private static List<String> texts(Document document, String style) {
        return elements(document, "text", style).stream()
                .map(Element::getTextContent)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void hasALaneForEachCpuAndEveryStep(Pages page) throws Exception {
        Document picture = picture(page);
        List<String> cpus =
                IntStream.range(0, page.cpus()).mapToObj(c -> "cpu" + c).toList();
        assertEquals(cpus, texts(picture, "name").subList(0, page.cpus()));
        List<String> margin = texts(picture, "end");
        assertEquals(
                Rows.of(page.trace()).stream().map(Row::number).toList(),
                margin.subList(1, margin.size()),
                "the numbers of the steps, below their heading");
    }

    @ParameterizedTest
    @EnumSource
    void marksWhatWentWrongAndNothingElse(Pages page) throws Exception {
        Document picture = picture(page);
        boolean torn = page == Pages.TORN;
        assertEquals(torn ? 1 : 0, elements(picture, "rect", "torn").size());
        assertEquals(torn ? 1 : 0, elements(picture, "rect", "incident").size());
        boolean deadlock = page.trace().end() == Trace.End.DEADLOCK;
        assertEquals(deadlock, page == Pages.DEADLOCK);
        assertEquals(deadlock ? 3 : 0, elements(picture, "circle", "cpu").size());
        assertEquals(deadlock, !elements(picture, "path", "cycle").isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void nothingStandsOutsideThePage(Pages page) throws Exception {
        Document picture = picture(page);
        double width = Double.parseDouble(picture.getDocumentElement().getAttribute("width"));
        double height = Double.parseDouble(picture.getDocumentElement().getAttribute("height"));
        NodeList texts = picture.getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            Element text = (Element) texts.item(i);
            boolean leftwards = text.getAttribute("class").contains("end")
                    || text.getAttribute("class").contains("middle");
            double right = Double.parseDouble(text.getAttribute("x"))
                    + (leftwards ? 0 : text.getTextContent().length() * SvgCanvas.CHAR);
            assertTrue(right <= width, text.getTextContent());
            assertTrue(Double.parseDouble(text.getAttribute("y")) < height, text.getTextContent());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLoadedFromElsewhere(Pages page) {
        String svg = SvgTimeline.of(page.trace(), List.of());
        assertFalse(svg.replace("http://www.w3.org/2000/svg", "").contains("http"));
        assertFalse(svg.contains("url("));
    }

    @Test
    void noteIsTextEvenIfItLooksLikeAnElement() throws Exception {
        Document picture = parse(SvgTimeline.of(Pages.TORN.trace(), List.of("if (a < b && c > d) </svg>")));
        assertTrue(texts(picture, "code").contains("if (a < b && c > d) </svg>"));
    }
}
