// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless browser that shows one page at a time, spoken to by the DevTools protocol. */
final class Chromium implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final Pattern PAGE = Pattern.compile("\"webSocketDebuggerUrl\":\\s*\"(ws://[^\"]*/page/[^\"]*)\"");
    private static final int SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final List<String> complaints = new ArrayList<>();
    private int last;

    /** The browser of this machine, if there is one. */
    static Optional<Path> installed() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":", -1)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Chromium(Path browser, Path profile) throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        browser.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        // Containers have little shared memory.
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        HttpClient client = HttpClient.newHttpClient();
        String list = client.send(HttpRequest.newBuilder(pages()).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher page = PAGE.matcher(list);
        if (!page.find()) {
            throw new IOException("the browser shows no page: " + list);
        }
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(page.group(1)), new Listener())
                .join();
        command("Runtime.enable", "{}");
        command("Log.enable", "{}");
        command("Page.enable", "{}");
    }

    private URI pages() throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                URI socketOfBrowser = URI.create(matcher.group(1));
                return URI.create("http://" + socketOfBrowser.getAuthority() + "/json/list");
            }
        }
        throw new IOException("the browser has ended without listening");
    }

    /** Loads a page and waits until it is there. */
    void open(String address) throws InterruptedException {
        command("Page.navigate", "{\"url\": " + Json.write(address) + "}");
        await(message -> message.contains("\"Page.loadEventFired\""));
    }

    void size(int width, int height, boolean dark) throws InterruptedException {
        command(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\": " + width + ", \"height\": " + height + ", \"deviceScaleFactor\": 1, \"mobile\": false}");
        command(
                "Emulation.setEmulatedMedia",
                "{\"features\": [{\"name\": \"prefers-color-scheme\", \"value\": \"" + (dark ? "dark" : "light")
                        + "\"}]}");
    }

    void press(String key) throws InterruptedException {
        command("Input.dispatchKeyEvent", "{\"type\": \"keyDown\", \"key\": " + Json.write(key) + "}");
        command("Input.dispatchKeyEvent", "{\"type\": \"keyUp\", \"key\": " + Json.write(key) + "}");
    }

    /** The value of an expression, as the text of a string. */
    String value(String expression) throws InterruptedException {
        String answer =
                command("Runtime.evaluate", "{\"expression\": " + Json.write("String(" + expression + ")") + "}");
        Matcher value = Pattern.compile("\"value\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(answer);
        if (!value.find()) {
            throw new AssertionError(expression + ": " + answer);
        }
        return value.group(1).replace("\\n", "\n").replace("\\\"", "\"");
    }

    /** What the page has complained about since the start: exceptions, errors and warnings. */
    List<String> complaints() {
        return complaints;
    }

    private String command(String method, String parameters) throws InterruptedException {
        int id = ++last;
        socket.sendText("{\"id\": " + id + ", \"method\": \"" + method + "\", \"params\": " + parameters + "}", true)
                .join();
        return await(message -> message.startsWith("{\"id\":" + id + ","));
    }

    private String await(Predicate<String> wanted) throws InterruptedException {
        while (true) {
            String message = messages.poll(SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("the browser does not answer");
            }
            if (message.contains("\"Runtime.exceptionThrown\"")
                    || message.contains("\"Log.entryAdded\"")
                    || (message.contains("\"Runtime.consoleAPICalled\"") && !message.contains("\"type\":\"log\""))) {
                complaints.add(message);
            }
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        // Its own processes outlive it for a moment, and write to the profile, which is about to be deleted.
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join());
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean whole) {
            text.append(data);
            if (whole) {
                messages.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
