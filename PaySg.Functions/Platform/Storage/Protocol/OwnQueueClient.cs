using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>
/// Azure's client of a queue, except that it sends messages itself: the same bytes, through the same kind of pipeline. Azure's client writes a message through
/// three streams and reads its receipt into a tree, which costs as much as all the rest of creating a payment; nobody here needs the receipt.
/// </summary>
/// <remarks>REST API of Queue Storage, "Put Message". Decision 27 says why, and what holds the two together.</remarks>
internal sealed class OwnQueueClient : QueueClient
{
    /// <summary>The version of the service that messages are written for: that of Azure's client.</summary>
    private const string Version = "2026-10-06";

    /// <summary>The name of Azure's own source, so that whoever listens to the client sees the same steps.</summary>
    private static readonly ActivitySource Source = new("Azure.Storage.Queues.QueueClient");

    private readonly HttpPipeline pipeline;
    private readonly string messages;

    /// <summary>A queue whose requests the options sign, or whose address holds a signature.</summary>
    public OwnQueueClient(Uri queue, QueueClientOptions options)
        : base(queue, options) => (pipeline, messages) = (StoragePipeline.Of(options, QueueError.Parser), MessagesOf(queue));

    /// <summary>A queue of an account that the app's identity opens.</summary>
    public OwnQueueClient(Uri queue, TokenCredential identity, QueueClientOptions options)
        : base(queue, identity, options) => (pipeline, messages) = (StoragePipeline.Of(options, QueueError.Parser, StoragePipeline.ByIdentity(identity)), MessagesOf(queue));

    /// <summary>Sends a message.</summary>
    /// <param name="text">Its text in UTF-8; it is sent in Base64, as the queue trigger expects.</param>
    /// <param name="delay">When it can be received, from now; cut to whole seconds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RequestFailedException">Storage refused.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> text, TimeSpan delay, CancellationToken cancellationToken)
    {
        using var step = Source.StartActivity("QueueClient.SendMessage", ActivityKind.Client);
        try
        {
            using var message = StoragePipeline.NewMessage(pipeline);
            var request = message.Request;
            request.Method = RequestMethod.Post;
            request.Uri.Reset(new Uri(string.Create(CultureInfo.InvariantCulture, $"{messages}{(long)delay.TotalSeconds}")));
            request.Headers.Add("x-ms-version", Version);
            request.Headers.Add(HttpHeader.Names.Accept, "application/xml");
            request.Headers.Add(HttpHeader.Names.ContentType, "application/xml");
            request.Content = BodyOf(text.Span);
            await pipeline.SendAsync(message, cancellationToken);
            if (message.Response.Status != 201)
                throw new RequestFailedException(message.Response);
        }
        catch (Exception fault)
        {
            step?.SetStatus(ActivityStatusCode.Error, fault.GetType().FullName);
            throw;
        }
    }

    private static string MessagesOf(Uri queue) =>
        $"{queue.GetLeftPart(UriPartial.Path).TrimEnd('/')}/messages{(queue.Query.Length > 1 ? queue.Query + "&" : "?")}visibilitytimeout=";

    private static BufferContent BodyOf(ReadOnlySpan<byte> text)
    {
        var buffer = RequestBuffer.Rent();
        var body = buffer.Bytes;
        body.Write("\uFEFF<QueueMessage><MessageText>"u8);
        Base64.EncodeToUtf8(text, body.GetSpan(Base64.GetMaxEncodedToUtf8Length(text.Length)), out _, out var written);
        body.Advance(written);
        body.Write("</MessageText></QueueMessage>"u8);
        return new BufferContent(buffer);
    }
}
