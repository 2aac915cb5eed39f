using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.Simulation;

namespace PaySg.Functions.Tests.Soak;

/// <summary>
/// The simulation's model of storage on loopback ports, by the wall clock, with queues that can be read. Azurite, one thread, was busy with eight payments a second,
/// and each of its queries goes through all rows of a table; this has room for twenty.
/// </summary>
internal sealed class StorageServer : IAsyncDisposable
{
    private readonly StorageModel model = new();
    private readonly Dictionary<string, List<Queued>> queues = new(StringComparer.Ordinal);
    private readonly List<WebApplication> listeners = [];
    private long messages;

    private StorageServer() => model.Sent = Put;

    /// <summary>The account, for the product.</summary>
    public string Connection { get; private set; } = "";

    /// <summary>The same account for a test, which may scan a table. What the product may not is answered with 501.</summary>
    public string ConnectionToLookIn { get; private set; } = "";

    /// <summary>What the model did not know.</summary>
    public string? Failure { get; private set; }

    public static async Task<StorageServer> StartAsync()
    {
        var server = new StorageServer();
        server.Connection = await server.ListenAsync(mayScan: false);
        server.ConnectionToLookIn = await server.ListenAsync(mayScan: true);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in listeners)
            await listener.DisposeAsync();
    }

    private async Task<string> ListenAsync(bool mayScan) => StorageModel.Connection
        .Replace($"http://127.0.0.1:{StorageModel.TablePort}", await ListenAsync(StorageModel.TablePort, mayScan), StringComparison.Ordinal)
        .Replace($"http://127.0.0.1:{StorageModel.QueuePort}", await ListenAsync(StorageModel.QueuePort, mayScan), StringComparison.Ordinal);

    /// <summary>Listens on a free port for what the model knows by another one.</summary>
    private async Task<string> ListenAsync(int modelPort, bool mayScan)
    {
        var listener = await LoopbackServer.StartAsync(context => AnswerAsync(context, modelPort, mayScan));
        listeners.Add(listener);
        return LoopbackServer.AddressOf(listener).GetLeftPart(UriPartial.Authority);
    }

    private async Task AnswerAsync(HttpContext context, int modelPort, bool mayScan)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var reply = Handle(new SimRequest(context.Request.Method, new Uri($"http://127.0.0.1:{modelPort}{target}"), headers, body.ToArray()), mayScan);
        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
            context.Response.Headers[name] = value;
        if (reply.ContentType is not null)
            context.Response.ContentType = reply.ContentType;
        if (reply.Body.Length > 0)
            await context.Response.Body.WriteAsync(reply.Body);
    }

    private SimReply Handle(SimRequest request, bool mayScan)
    {
        lock (model)
        {
            try
            {
                model.Now = TimeProvider.System.GetUtcNow();
                model.MayScan = mayScan;
                return HandleMessages(request) ?? model.Handle(request);
            }
            catch (SimulationFailure failure)
            {
                Failure ??= failure.Message;
                return StorageModel.ErrorTo(request, StatusCodes.Status501NotImplemented, "NotImplemented", failure.Message);
            }
        }
    }

    private void Put(SimMessage message, TimeSpan delay) => queues[message.Queue].Add(new Queued($"{++messages}", message.Text, model.Now) { VisibleAt = model.Now + delay });

    /// <summary>What the model leaves out: to take messages, keep them for longer and delete them, and to count them. Null: it is for the model.</summary>
    private SimReply? HandleMessages(SimRequest request)
    {
        if (!request.IsOfQueues)
            return null;
        var path = request.Uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path.Length == 1)
            return new SimReply(200, "application/xml", "<StorageServiceProperties />"u8.ToArray());
        queues.TryAdd(path[1], []);
        return (request.Method, path.Length) switch
        {
            ("GET", 2) => new SimReply(200, null, []) { Headers = [new("x-ms-approximate-messages-count", $"{queues[path[1]].Count}")] },
            ("GET", 3) => Take(queues[path[1]], request.Uri),
            ("DELETE", 4) => Change(request, queues[path[1]], Uri.UnescapeDataString(path[3]), static (queue, message) => queue.Remove(message)),
            ("PUT", 4) => Change(request, queues[path[1]], Uri.UnescapeDataString(path[3]), (_, message) => Hide(message, SecondsOf(request.Uri, 0))),
            _ => null,
        };
    }

    private SimReply Take(List<Queued> queue, Uri uri)
    {
        var count = int.Parse(StorageModel.Parameter(uri, "numofmessages") ?? "1", CultureInfo.InvariantCulture);
        var isPeek = StorageModel.Parameter(uri, "peekonly") == "true";
        List<Queued> taken = [.. queue.Where(message => message.VisibleAt <= model.Now).OrderBy(message => message.VisibleAt).Take(count)];
        foreach (var message in isPeek ? [] : taken)
        {
            message.DequeueCount++;
            Hide(message, SecondsOf(uri, 30));
        }

        var list = new XElement("QueueMessagesList", taken.Select(message => Print(message, isPeek)));
        return new SimReply(200, "application/xml", Encoding.UTF8.GetBytes(list.ToString(SaveOptions.DisableFormatting)));
    }

    private void Hide(Queued message, int seconds)
    {
        message.VisibleAt = model.Now.AddSeconds(seconds);
        message.PopReceipt++;
    }

    private static SimReply Change(SimRequest request, List<Queued> queue, string id, Action<List<Queued>, Queued> change)
    {
        if (queue.Find(each => each.Id == id) is not { } message)
            return StorageModel.ErrorTo(request, 404, "MessageNotFound", "The specified message does not exist.");
        if (StorageModel.Parameter(request.Uri, "popreceipt") != $"{message.PopReceipt}")
            return StorageModel.ErrorTo(request, 400, "PopReceiptMismatch", "The specified pop receipt did not match.");
        change(queue, message);
        return new SimReply(204, null, [])
        {
            Headers = [new("x-ms-popreceipt", $"{message.PopReceipt}"), new("x-ms-time-next-visible", Print(message.VisibleAt))],
        };
    }

    private static XElement Print(Queued message, bool isPeek)
    {
        var text = new XElement(
            "QueueMessage",
            new XElement("MessageId", message.Id),
            new XElement("InsertionTime", Print(message.InsertedAt)),
            new XElement("ExpirationTime", Print(message.InsertedAt.AddDays(7))),
            new XElement("DequeueCount", message.DequeueCount),
            new XElement("MessageText", Convert.ToBase64String(Encoding.UTF8.GetBytes(message.Text))));
        if (!isPeek)
            text.Add(new XElement("PopReceipt", message.PopReceipt), new XElement("TimeNextVisible", Print(message.VisibleAt)));
        return text;
    }

    private static int SecondsOf(Uri uri, int otherwise) =>
        StorageModel.Parameter(uri, "visibilitytimeout") is { } seconds ? int.Parse(seconds, CultureInfo.InvariantCulture) : otherwise;

    private static string Print(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    private sealed class Queued(string id, string text, DateTimeOffset insertedAt)
    {
        public string Id { get; } = id;

        public string Text { get; } = text;

        public DateTimeOffset InsertedAt { get; } = insertedAt;

        public DateTimeOffset VisibleAt { get; set; }

        public int DequeueCount { get; set; }

        /// <summary>Changes each time the message is taken: whoever holds an older one has lost it.</summary>
        public int PopReceipt { get; set; }
    }
}
