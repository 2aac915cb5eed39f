using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging.Abstractions;
using PaySg.LocalHost.Worker;
using PaySg.LocalHost.Worker.Rpc;

namespace PaySg.Functions.Tests.LocalHost.Worker;

public sealed class ProtocolTests
{
    [Fact]
    public void Each_field_that_LocalHost_knows_is_the_workers_own()
    {
        var theirs = TheirFile().MessageTypes.ToDictionary(message => message.Name, StringComparer.Ordinal);
        var ours = FunctionRpcReflection.Descriptor.MessageTypes.SelectMany(message => message.Fields.InDeclarationOrder()).ToList();

        Assert.Equal(ours.Select(Shape), ours.Select(field => Shape(theirs[field.ContainingType.Name].FindFieldByName(field.Name))));
        Assert.True(ours.Count > 40, "So many fields are used, that a file which was not read would show.");
    }

    [Fact]
    public async Task Who_does_not_show_the_id_of_a_worker_that_was_started_is_not_let_in()
    {
        await using var server = await WorkerServer.StartAsync(NullLoggerFactory.Instance, CancellationToken.None);
        var expected = server.Expect("the id");
        using var channel = GrpcChannel.ForAddress(server.Address);
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(EventStream(), host: null, default);
        await call.RequestStream.WriteAsync(new StreamingMessage { StartStream = new StartStream { WorkerId = "another id" } });

        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        Assert.False(expected.IsCompleted);
    }

    private static Method<StreamingMessage, StreamingMessage> EventStream()
    {
        var marshaller = Marshallers.Create(message => Google.Protobuf.MessageExtensions.ToByteArray(message), StreamingMessage.Parser.ParseFrom);
        return new Method<StreamingMessage, StreamingMessage>(MethodType.DuplexStreaming, "AzureFunctionsRpcMessages.FunctionRpc", "EventStream", marshaller, marshaller);
    }

    /// <summary>A field's message, name, number and type; of an enumeration, its values.</summary>
    private static string Shape(FieldDescriptor? field) => field is null
        ? "missing"
        : FormattableString.Invariant($"{field.ContainingType.FullName}.{field.Name} = {field.FieldNumber} {field.FieldType} {field.IsRepeated} {field.IsMap} {field.RealContainingOneof?.Name} ")
            + field.FieldType switch
            {
                FieldType.Message => field.MessageType.FullName,
                FieldType.Enum => string.Join(',', field.EnumType.Values.Select(value => FormattableString.Invariant($"{value.Name}={value.Number}"))),
                _ => "",
            };

    private static FileDescriptor TheirFile()
    {
        var worker = Assembly.Load("Microsoft.Azure.Functions.Worker.Grpc");
        var type = worker.GetType("Microsoft.Azure.Functions.Worker.Grpc.Messages.FunctionRpcReflection", throwOnError: true)!;
        return (FileDescriptor)type.GetProperty("Descriptor", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;
    }
}
